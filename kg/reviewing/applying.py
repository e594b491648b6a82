"""Decisions carried out on an annotation: what people say of a claim wins over what was read."""

from collections.abc import Sequence

from msgspec.structs import replace

from kg.records import (
    RELATION_KINDS,
    ROLES,
    Annotation,
    Claim,
    ClaimDecision,
    Entity,
    Interval,
    Kind,
    Named,
    Paper,
    Predicate,
    Relation,
    Role,
    Said,
    Status,
    Verdict,
    claims_of,
    mentions_of,
)
from kg.text import normal_form

__all__ = ["apply", "stale_decisions"]


def apply(paper: Paper, annotation: Annotation, decisions: Sequence[ClaimDecision]) -> Annotation:
    """Give the annotation as people decided it should be; without decisions, the annotation itself.

    An accepted claim holds with confidence 1, whether it is still found or not, as long as the words it was read from
    stand in the text. A rejected one is gone: a concept whose role was rejected is still mentioned, and one whose
    mention was rejected is gone too where nothing else names it. A corrected one is replaced.

    Args:
        paper: The paper.
        annotation: As it was read.
        decisions: Those that stand about this paper (`Standing.of`), in order.
    """
    draft = _Draft(paper, annotation)
    done = tuple(decision for decision in decisions if draft.carry_out(decision))
    return draft.finished(done) if done else annotation


def stale_decisions(decisions: Sequence[ClaimDecision], applied: Annotation) -> tuple[ClaimDecision, ...]:
    """Give the decisions that could not be carried out: what they rest on stands in the paper's text no more.

    Args:
        decisions: As given to `apply`.
        applied: What it gave.
    """
    done = {decision.id for decision in applied.decisions or ()}
    return tuple(decision for decision in decisions if decision.id not in done)


class _Draft:
    """An annotation while decisions are carried out on it, one after the other."""

    def __init__(self, paper: Paper, annotation: Annotation) -> None:
        self._text = paper.text
        self._read = annotation
        self._entities = {entity.name: entity for entity in annotation.entities}
        self._claims = list(claims_of(annotation))

    def carry_out(self, decision: ClaimDecision) -> bool:
        """Carry out a decision, or leave all as it is and tell that it cannot be done."""
        if decision.claim is None:
            return False
        meant = self._saying(decision.claim, decision)
        if decision.verdict is Verdict.REJECT:
            self._drop([claim for claim in meant if claim.status is decision.claim.status], decision)
            return True
        holding = decision.instead or decision.claim
        ends, sentence = self._ends(holding, decision), _find_quote(decision, self._text)
        is_lost = not meant and decision.sentence is not None and sentence is None
        if ends is None or is_lost:
            return False
        for entity in ends:
            self._add(entity, decision)
        read_off = meant[0] if meant else Claim(None, "", None, sentence=sentence, mentions=_moved(decision, sentence))
        self._hold(holding, ends, read_off, decision)
        if decision.instead is not None:
            self._drop([claim for claim in meant if claim in self._claims], decision)
        return True

    def finished(self, done: tuple[ClaimDecision, ...]) -> Annotation:
        """The annotation as it is now."""
        return replace(
            self._read,
            entities=tuple(self._entities.values()),
            relations=self._relations(),
            claims=tuple(self._claims),
            decisions=done,
        )

    def _relations(self) -> tuple[Relation, ...]:
        """What the claims assert between two entities; those that were there before come first, in their order."""
        asserted: dict[Relation, None] = {}
        for claim in self._claims:
            if claim.subject is not None and claim.object is not None and claim.status is Status.ASSERTED:
                asserted[claim.subject, Predicate(claim.predicate), claim.object] = None
        return tuple(dict.fromkeys([*(one for one in self._read.relations if one in asserted), *asserted]))

    def _ends(self, said: Said, decision: ClaimDecision) -> tuple[Entity, ...] | None:
        """The entities a claim names, object last; None where one is lost, or cannot have the role."""
        named = {one.name: one for one in decision.entities}
        names = [name for name in (said.subject, said.object) if name is not None]
        found = [self._entity(name, named.get(name)) or _find_again(named.get(name), self._text) for name in names]
        ends = tuple(entity for entity in found if entity is not None)
        if len(ends) < len(names) or len({entity.name for entity in ends}) < len(names):
            return None
        return ends if _fits(said, [entity.type for entity in ends]) else None

    def _entity(self, name: str, named: Named | None) -> Entity | None:
        """The entity of this name, else the first whose name has the same normal form, and type where one is known."""
        if name in self._entities:
            return self._entities[name]
        form, kind = normal_form(name), named.type if named else None
        alike = (one for one in self._entities.values() if normal_form(one.name) == form and kind in {None, one.type})
        return next(alike, None)

    def _saying(self, said: Said, decision: ClaimDecision) -> list[Claim]:
        """The claims that say a thing, whatever their status."""
        named = {one.name: one for one in decision.entities}
        subject = None if said.subject is None else self._entity(said.subject, named.get(said.subject))
        obj = self._entity(said.object, named.get(said.object))
        if obj is None or (said.subject is not None and subject is None):
            return []
        wanted = (subject.name if subject else None, said.predicate, obj.name)
        return [claim for claim in self._claims if (claim.subject, claim.predicate, claim.object) == wanted]

    def _add(self, entity: Entity, decision: ClaimDecision) -> None:
        """Add an entity that nothing found, as one that is mentioned."""
        if entity.name in self._entities:
            return
        self._entities[entity.name] = entity
        self._claims.append(_mentioned(entity.name, Claim(None, "", None), decision))

    def _hold(self, said: Said, ends: tuple[Entity, ...], read_off: Claim, decision: ClaimDecision) -> None:
        """Put a claim in the place of those that say the same, or give its object another role."""
        subject, obj = None if said.subject is None else ends[0].name, ends[-1].name
        same = [one for one in self._claims if (one.subject, one.object) == (subject, obj)]
        if subject is None:
            self._entities[obj] = replace(self._entities[obj], role=Role(said.predicate))
        else:
            same = [one for one in same if one.predicate == said.predicate]
        likest = next((one for one in same if one.predicate == said.predicate), read_off)
        self._claims = [one for one in self._claims if one not in same]
        self._claims.append(
            replace(
                likest,
                subject=subject,
                predicate=said.predicate,
                object=obj,
                status=said.status,
                confidence=1.0,
                decision=decision.id,
            )
        )

    def _drop(self, gone: Sequence[Claim], decision: ClaimDecision) -> None:
        """Take claims away; a concept that loses its role is still mentioned."""
        self._claims = [one for one in self._claims if one not in gone]
        for claim in gone:
            if claim.subject is not None or claim.object is None:
                continue
            if claim.predicate == Role.MENTIONED:
                self._forget(claim.object)
            elif not any(one.subject is None and one.object == claim.object for one in self._claims):
                self._entities[claim.object] = replace(self._entities[claim.object], role=Role.MENTIONED)
                self._claims.append(_mentioned(claim.object, claim, decision))

    def _forget(self, name: str) -> None:
        """Take an entity away unless something else names it."""
        naming = {end for claim in self._claims for end in (claim.subject, claim.object)}
        naming |= {end for result in self._read.results for end in (result.method, result.metric, result.dataset)}
        naming |= {size.dataset for size in self._read.sizes}
        if name not in naming:
            del self._entities[name]


def _fits(said: Said, kinds: Sequence[Kind]) -> bool:
    """Tell whether things of these kinds can have the role or relation."""
    if said.subject is None:
        return said.predicate in ROLES[kinds[0]]
    return tuple(kinds) in RELATION_KINDS[Predicate(said.predicate)]


def _mentioned(name: str, former: Claim, decision: ClaimDecision) -> Claim:
    return replace(
        former,
        subject=None,
        predicate=Role.MENTIONED.value,
        object=name,
        status=Status.BACKGROUND,
        decision=decision.id,
    )


def _find_quote(decision: ClaimDecision, text: str) -> Interval | None:
    """Where the words that were seen stand now."""
    if decision.sentence is None or not decision.quote:
        return None
    start, end = decision.sentence
    if start >= 0 and text[start:end] == decision.quote:
        return decision.sentence
    start = text.find(decision.quote)
    return None if start < 0 else (start, start + len(decision.quote))


def _moved(decision: ClaimDecision, sentence: Interval | None) -> tuple[Interval, ...]:
    """The mentions that were marked, where they stand now."""
    if decision.sentence is None or sentence is None:
        return ()
    by = sentence[0] - decision.sentence[0]
    return tuple((start + by, end + by) for start, end in decision.mentions)


def _find_again(named: Named | None, text: str) -> Entity | None:
    """Make an entity of what a decision tells of it, where its words stand in the text."""
    if named is None:
        return None
    places = tuple(
        place for place in named.mentions if 0 <= place[0] < place[1] and text[slice(*place)] in named.surfaces
    )
    entity = Entity(named.type, named.name, named.surfaces, Role.MENTIONED, places)
    found = places or mentions_of(entity, text)
    if not found:
        return None
    surfaces = tuple(dict.fromkeys(text[slice(*place)] for place in found))
    return replace(entity, surfaces=surfaces, mentions=found)
