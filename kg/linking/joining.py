"""The rules by which two names are one concept, each proposing links between names that share a key.

No rule looks at more than the names of one key, so that a new paper touches only the names that share one with it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import Final

from kg.ledger import Decision, Justification, Row
from kg.linking.grounding import Grounding, Step
from kg.linking.names import Name
from kg.linking.nodes import Nodes, join
from kg.linking.wordings import LITTLE_WORDS, fuller_forms, wordings
from kg.records import Kind
from kg.spelling import HEADS, letters_of, words_of
from kg.text import normal_form
from kg.vocabulary import Vocabulary
from kg.vocabulary.keys import keys_of

__all__ = ["groundings", "join_names", "joins", "keys"]

_Key = tuple[Kind, str]

_SPELLING, _LONG_FORM, _ACRONYM, _HEAD, _FULLER = 0.95, 0.9, 0.85, 0.8, 0.75
"""How sure each rule is; where two contradict each other, the surer wins."""

_SAME_START: Final = 4
"""Letters that two words have in common to be forms of one: "convolution", "convolutional"."""

_FEWEST_LETTERS: Final = 3
"""An acronym of fewer means something else too often to be taken for its one long form in another paper."""

_VERSION: Final = re.compile(r"v?\d")
_DATASET_HEADS: Final = frozenset("challenge cohort collection corpus data database dataset set".split())  # noqa: SIM905


def join_names(
    names: Mapping[str, Name],
    terms: Mapping[str, Grounding],
    vocabulary: Vocabulary,
    decisions: Sequence[Decision] = (),
) -> Nodes:
    """Find the nodes of names that share keys with no others.

    Args:
        names: By IRI, in order, with the acronyms of those that are spelt out (`kg.linking.names.with_bare`).
        terms: What names are by the vocabulary, by the name's IRI.
        vocabulary: The one they are looked up in.
        decisions: Of people.
    """
    links = [*groundings(names.values(), terms), *joins(names.values(), terms)]
    return join(names, links, decisions, vocabulary.terms)


def joins(names: Iterable[Name], terms: Mapping[str, Grounding]) -> Iterator[Row]:
    """Yield the links between names, in no order; what contradicts another is for :mod:`kg.linking.nodes` to settle.

    Args:
        names: All of a graph, in order of IRI.
        terms: What names are by the vocabulary, by the name's IRI.
    """
    ordered = list(names)
    by_letters: dict[_Key, list[Name]] = defaultdict(list)
    acronyms: dict[_Key, list[Name]] = defaultdict(list)
    for name in ordered:
        if not name.long:
            by_letters[name.kind, _letters(name.kind, name.form)].append(name)
        for letters in sorted({_letters(name.kind, short) for short in _acronyms_of(name)}):
            acronyms[name.kind, letters].append(name)
    yield from _spellings(by_letters.values())
    yield from _long_forms(acronyms, by_letters, terms)
    yield from _without_head(ordered, by_letters)
    yield from _reworded(ordered, by_letters, terms)


def keys(name: Name) -> set[str]:
    """All keys that a name is found by, or finds others by: no rule links two names that have none in common."""
    forms = {name.form, name.long, *name.shorts, *_without_heads(name), *fuller_forms(name)} - {""}
    forms |= {form for form, _ in wordings(name)}
    return {f"{name.kind} {_letters(name.kind, form)}" for form in forms}


def groundings(names: Iterable[Name], terms: Mapping[str, Grounding]) -> Iterator[Row]:
    """Yield the link of each name that the vocabulary knows to the concept it is there."""
    for name in names:
        found = terms.get(name.iri)
        if found is not None and found.term.iri != name.iri:
            near = found.step is Step.APPROXIMATE
            how = Justification.SIMILAR if near else Justification.LEXICAL
            comment = f"the vocabulary has it ({found.step})"
            yield _row(name.iri, name.label, found.term.iri, found.term.label, how, found.score, comment)


def _spellings(groups: Iterable[Sequence[Name]]) -> Iterator[Row]:
    """Link the names of the same letters, unless gaps tell them apart: "STU-Net" and "ST-UNet" are two."""
    for names in groups:
        if _are_spellings(name.form for name in names):
            for other in names[1:]:
                yield _link(other, names[0], _SPELLING, "one name, spelt in two ways")


def _are_spellings(forms: Iterable[str]) -> bool:
    """Tell whether names of the same letters differ in gaps that some have and others lack, not in their places."""
    gaps = sorted(set(map(_gaps, forms)), key=len)
    return all(few <= more for few, more in pairwise(gaps))


def _written(names: Sequence[Name], *forms: str) -> Name | None:
    """The one of the names of the same letters that is written in one of these forms, else any if it may be."""
    exact = next((name for name in names if name.form in forms), None)
    if exact is None and names and _are_spellings([*forms, *(name.form for name in names)]):
        return names[0]
    return exact


def _gaps(form: str) -> frozenset[int]:
    """After how many letters the words of a name end, but for those before a number or version, which may always."""
    words = words_of(form)
    ends = accumulate(map(len, words))
    return frozenset(end for end, after in zip(ends, words[1:], strict=False) if not _VERSION.match(after))


def _long_forms(
    acronyms: Mapping[_Key, Sequence[Name]], by_letters: Mapping[_Key, Sequence[Name]], terms: Mapping[str, Grounding]
) -> Iterator[Row]:
    """Link what an acronym stands for to the name written out, and to the acronym alone where it has one sense."""
    for (kind, letters), definers in acronyms.items():
        senses = _senses(definers)
        for sense in senses:
            for other in sense[1:]:
                yield _link(other, sense[0], _LONG_FORM, "one acronym for one long form")
            for one in sense:
                name = _written(by_letters.get((kind, _letters(kind, one.long)), ()), one.long) if one.long else None
                if name:
                    yield _link(one, name, _LONG_FORM, "the acronym stands for it")
        bare = by_letters.get((kind, letters), ())
        shorts = {short for one in definers for short in _acronyms_of(one)}
        name = _written(bare, *(short for short in shorts if _letters(kind, short) == letters))
        if name and len(senses) == 1 and _is_clear(letters, bare, senses[0], terms):
            yield _link(senses[0][0], name, _ACRONYM, "the only long form of the acronym here")


def _acronyms_of(name: Name) -> Iterable[str]:
    return {name.form} if name.long else name.shorts


def _is_clear(letters: str, bare: Sequence[Name], sense: Sequence[Name], terms: Mapping[str, Grounding]) -> bool:
    """Tell whether papers that use an acronym alone may mean the one sense that it has in others."""
    alone = any(name.uses for name in bare)
    long_enough = len(letters) >= _FEWEST_LETTERS or not alone or _has_label(letters, sense, terms)
    return long_enough and _may_be_alone(bare, sense, terms)


def _has_label(letters: str, sense: Iterable[Name], terms: Mapping[str, Grounding]) -> bool:
    """Tell whether the vocabulary has the acronym among those of the concept, be it as one that may mean others."""
    found = [(name.kind, terms[name.iri].term) for name in sense if name.iri in terms]
    return any(_letters(kind, normal_form(one)) == letters for kind, term in found for one in term.ambiguous_labels)


def _may_be_alone(bare: Sequence[Name], sense: Sequence[Name], terms: Mapping[str, Grounding]) -> bool:
    """An acronym that the vocabulary knows is no other long form's: one that it does not know is something else."""
    known = {terms[name.iri].term.iri: terms[name.iri].term for name in bare if name.iri in terms}
    if not known or any(name.iri in terms for name in sense):
        return True
    labels = [normal_form(label) for term in known.values() for label in term.names]
    return any(_alike(name.long or name.form, label) for name in sense for label in labels)


def _without_head(names: Iterable[Name], by_letters: Mapping[_Key, Sequence[Name]]) -> Iterator[Row]:
    for name in names:
        for form in _without_heads(name):
            plain = _written(by_letters.get((name.kind, _letters(name.kind, form)), ()), form)
            if plain and not (" " not in form and name.label.islower()):
                # "fusion module" is one kind of fusion, the "Alder module" is Alder
                yield _link(name, plain, _HEAD, "its last word says no more than the kind")


def _without_heads(name: Name) -> Iterator[str]:
    """The forms that are left when last words go that say no more than the kind."""
    words = name.form.split()
    heads = HEADS | _DATASET_HEADS if name.kind is Kind.DATASET else HEADS
    while not name.long and len(words) > 1 and words[-1] in heads:
        words.pop()
        yield " ".join(words)


def _reworded(
    names: Iterable[Name], by_letters: Mapping[_Key, Sequence[Name]], terms: Mapping[str, Grounding]
) -> Iterator[Row]:
    """Link a name to the one that says the same in other words."""
    for name in names:
        for form, comment in wordings(name):
            other = _written(by_letters.get((name.kind, _letters(name.kind, form)), ()), form)
            if other and other is not name:
                yield _link(name, other, _LONG_FORM, comment)
        for form in () if name.iri in terms else fuller_forms(name):
            other = _written(by_letters.get((name.kind, _letters(name.kind, form)), ()), form)
            if other and other is not name and other.iri not in terms:
                yield _link(name, other, _FULLER, "all papers that use it have the other name for it too")


def _senses(names: Sequence[Name]) -> list[list[Name]]:
    """Put names together whose long forms are one; of two like the same third, the first in order has it."""
    senses: list[list[Name]] = []
    for name in names:
        form = name.long or name.form
        alike = next((one for one in senses if _alike(form, one[0].long or one[0].form)), None)
        if alike is None:
            senses.append([name])
        else:
            alike.append(name)
    return senses


def _alike(form: str, other: str) -> bool:
    """Tell whether two long forms of one acronym are one: word by word, but for endings and a last word more.

    >>> _alike("graph convolution network", "graph convolutional networks"), _alike("deep net", "dense net")
    (True, False)
    """
    words, others = ([word for word in words_of(one) if word not in LITTLE_WORDS] for one in (form, other))
    pairs = list(zip_longest(words, others))
    return len(pairs) > 1 and all(
        a == b or ((a is None or b is None) and at == len(pairs) - 1) or (a and b and _one_stem(a, b))
        for at, (a, b) in enumerate(pairs)
    )


def _one_stem(word: str, other: str) -> bool:
    return len(word) >= _SAME_START and word[:_SAME_START] == other[:_SAME_START]


def _letters(kind: Kind, form: str) -> str:
    """The key of spellings; of data sets, "2018" is "18"."""
    letters = letters_of(words_of(re.sub(r"\bversion (?=\d)", "v", keys_of(form).spelled)))
    return re.sub(r"(?<=\D)20(?=[012]\d$)", "", letters) if kind is Kind.DATASET else letters


def _link(name: Name, other: Name, confidence: float, comment: str) -> Row:
    return _row(name.iri, name.label, other.iri, other.label, Justification.LEXICAL, confidence, comment)


def _row(  # noqa: PLR0913, PLR0917 - the slots of a row
    subject: str, subject_label: str, target: str, label: str, how: Justification, confidence: float, comment: str
) -> Row:
    return Row(
        subject=subject,
        object=target,
        subject_label=subject_label,
        object_label=label,
        justification=how,
        confidence=confidence,
        comment=comment,
    )
