"""Phrases that deny, doubt, or tell of others, and phrases that only look so; every sentence is our own."""

import pytest
from spacy.language import Language

from kg.extraction import extract
from kg.extraction.passages import Passages
from kg.extraction.polarity import in_earlier_work, result_status, status_at
from kg.records import Annotation, Claim, Interval, Paper, Predicate, Status

TITLE = "On stones"
ASSERTED, NEGATED, HYPOTHESISED, BACKGROUND = Status


def passages(*sentences: str) -> Passages:
    starts, text = [0], TITLE
    for sentence in sentences:
        starts.append(len(text) + 1)
        text += f"\n{sentence}"
    return Passages(text, tuple(starts))


def place(text: str, name: str) -> Interval:
    start = text.index(name)
    return start, start + len(name)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        # denied as a thing
        ("We cut stones without FERN.", NEGATED),
        ("We cut stones without the need for any FERN.", NEGATED),
        ("It learns without relying on additional FERN, and cuts well.", NEGATED),
        ("There is no FERN in our net.", NEGATED),
        ("It works in the absence of FERN.", NEGATED),
        ("We take moss instead of FERN.", NEGATED),
        ("We take moss rather than the FERN.", NEGATED),
        ("This eliminates the need for FERN.", NEGATED),
        ("It was built with all but excluding FERN.", NEGATED),
        # denied by a verb
        ("It does not require FERN.", NEGATED),
        ("Our net doesn't use FERN at all.", NEGATED),
        ("It was not tested on FERN.", NEGATED),
        ("It can't be tested on FERN.", NEGATED),
        ("Our net cannot be applied to FERN.", NEGATED),
        ("It needs neither moss nor FERN.", NEGATED),
        ("It has never seen FERN.", NEGATED),
        ("Our net fails to see FERN.", NEGATED),
        # denied afterwards
        ("We give a FERN-free net.", NEGATED),
        ("In our net FERN is not needed.", NEGATED),
        ("Here FERN was excluded.", NEGATED),
        # only looks like a denial
        ("It reads not only moss but FERN.", ASSERTED),
        ("It works without loss of FERN.", ASSERTED),
        ("It gets fast without sacrificing FERN.", ASSERTED),
        ("There is no doubt that FERN helps.", ASSERTED),
        ("It does not outperform FERN.", ASSERTED),
        ("It shows no significant difference to FERN.", ASSERTED),
        ("It is better than a net without FERN.", ASSERTED),
        ("It can't be seen with moss using FERN.", ASSERTED),
        ("We tried nets with or without FERN.", ASSERTED),
        ("A non-FERN net is worse.", ASSERTED),
        # what ends a denial
        ("Without moss, we use FERN.", ASSERTED),
        ("It is not large, but uses FERN.", ASSERTED),
        ("It was not tuned although it uses FERN.", ASSERTED),
        ("It does not need moss; it needs FERN.", ASSERTED),
        ("It does not rely on moss for FERN.", ASSERTED),
        ("It works without moss on FERN.", ASSERTED),
        ("The FERN works without moss.", ASSERTED),
        # supposed
        ("Our net may help with FERN.", HYPOTHESISED),
        ("Our net could potentially serve as a tool for FERN.", HYPOTHESISED),
        ("We hypothesise that it helps with FERN.", HYPOTHESISED),
        ("We believe it helps with FERN.", HYPOTHESISED),
        ("Our net has great potential to improve FERN.", HYPOTHESISED),
        ("Our net is expected to ease FERN.", HYPOTHESISED),
        ("This paves the way for FERN.", HYPOTHESISED),
        ("Future work will look at FERN.", HYPOTHESISED),
        ("In the future, it will be tried on FERN.", HYPOTHESISED),
        # not supposed
        ("Our net may be small, but uses FERN.", ASSERTED),
        ("Our net might help, and we test it on FERN.", ASSERTED),
        ("We test whether it could help with FERN.", ASSERTED),
        ("Our net may help (we use FERN).", ASSERTED),
        ("The code may be found with FERN.", ASSERTED),
        ("On FERN our net may help.", ASSERTED),
        ("We use FERN.", ASSERTED),
    ],
)
def test_a_cue_rules_what_stands_in_its_scope(sentence: str, status: Status) -> None:
    text = passages(sentence)

    assert status_at(place(text.text, "FERN"), text) is status


def test_a_denial_weighs_more_than_a_doubt_and_ends_with_its_sentence() -> None:
    text = passages("It may work without MOSS.", "It uses FERN.")

    assert status_at(place(text.text, "MOSS"), text) is NEGATED
    assert status_at(place(text.text, "FERN"), text) is ASSERTED


def test_the_absence_of_a_finding_in_a_case_denies_nothing() -> None:
    text = passages("We took patients without GOUT.", "It cannot find MUMPS.")

    assert status_at(place(text.text, "GOUT"), text, finding=True) is ASSERTED
    assert status_at(place(text.text, "MUMPS"), text, finding=True) is NEGATED


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        ("Previous methods rely on FERN.", True),
        ("Most existing approaches use hand-made FERN.", True),
        ("FERN has been widely used.", True),
        ("Stones are cut with FERN.", False),
        ("Existing FERN models are slow.", False),
        ("We find that previous methods rely on FERN.", False),
    ],
)
def test_what_others_take_is_told_from_what_is_so(sentence: str, earlier: bool) -> None:
    text = passages(sentence, "We cut stones.")

    assert in_earlier_work(place(text.text, "FERN"), text) is earlier


def test_a_paper_that_never_says_we_has_no_earlier_work() -> None:
    text = passages("Previous methods rely on FERN.", "Stones were cut.")

    assert not in_earlier_work(place(text.text, "FERN"), text)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("It reached a Dice of 0.9.", ASSERTED),
        ("It could reach a Dice of 0.9.", HYPOTHESISED),
        ("Without moss it reached a Dice of 0.9.", ASSERTED),
        ("It does not exceed a Dice of 0.9.", ASSERTED),
        ("It may cut costs by 0.9.", HYPOTHESISED),
        ("We aim to reach a Dice of 0.9.", HYPOTHESISED),
        ("It is expected to reach a Dice of 0.9.", HYPOTHESISED),
        ("No net had a Dice above 0.9.", NEGATED),
        ("No Dice over 0.9 was seen.", NEGATED),
        ("We found no Dice of more than 0.9.", NEGATED),
        ("Moss helps, but none of the nets has a Dice exceeding 0.9.", NEGATED),
        ("With no moss Dice stays above 0.9.", ASSERTED),
        ("It has no moss and a Dice above 0.9.", ASSERTED),
        ("No net is as fast, with a Dice above 0.9.", ASSERTED),
        ("It takes no more than moss, at a Dice above 0.9.", ASSERTED),
        ("We do not reach a Dice of 0.9.", NEGATED),
        ("It never reached the Dice score of 0.9.", NEGATED),
        ("It does not yet reach 0.9.", NEGATED),
        ("It failed to reach a Dice of at least 0.9.", NEGATED),
        ("It could not reach a Dice of 0.9.", NEGATED),
        ("It did not achieve a Dice of 0.9.", NEGATED),
        ("It did not reach the trees, with a Dice of 0.9.", ASSERTED),
        ("It did not reach significance at a Dice of 0.9.", ASSERTED),
        ("It did not reach the trees and has a Dice of 0.9.", ASSERTED),
    ],
)
def test_a_number_is_measured_or_hoped_for(sentence: str, status: Status) -> None:
    text = passages(sentence)

    assert result_status(place(text.text, "0.9"), text) is status


def relation(annotation: Annotation, predicate: Predicate, name: str) -> Claim:
    return next(one for one in annotation.claims or () if (one.predicate, one.object) == (predicate, name))


@pytest.mark.parametrize(
    ("sentence", "predicate", "name", "status"),
    [
        ("BrookNet does not use a U-Net.", Predicate.BASED_ON, "U-Net", NEGATED),
        ("BrookNet was not applied to ultrasound.", Predicate.APPLIED_TO, "ultrasound", NEGATED),
        ("BrookNet may help with ultrasound.", Predicate.APPLIED_TO, "ultrasound", HYPOTHESISED),
        ("It needs no network, such as a U-Net.", Predicate.BASED_ON, "U-Net", ASSERTED),
        ("BrookNet has no U-Net. Later BrookNet uses a U-Net.", Predicate.BASED_ON, "U-Net", ASSERTED),
    ],
)
def test_only_what_is_asserted_is_a_relation(
    nlp: Language, sentence: str, predicate: Predicate, name: str, status: Status
) -> None:
    annotation = extract(nlp, Paper("p", "BrookNet: Pebble Gating", f"We propose BrookNet. {sentence}"))

    assert relation(annotation, predicate, name).status is status
    assert (("BrookNet", predicate, name) in annotation.relations) is (status is ASSERTED)


def test_what_is_narrower_stays_so_in_a_denial(nlp: Language) -> None:
    annotation = extract(nlp, Paper("p", "BrookNet: Pebble Gating", "We propose BrookNet for CT, not for chest CT."))

    assert ("chest CT", Predicate.NARROWER_THAN, "CT") in annotation.relations


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("Earlier work relies on U-Nets.", "We cut stones.", BACKGROUND),
        ("Stones are hard.", "We use a U-Net.", ASSERTED),
        ("Stones are hard.", "We use no U-Net.", NEGATED),
        ("Stones are hard.", "Future work will look at a U-Net.", HYPOTHESISED),
        ("Earlier work uses no U-Net.", "We use a U-Net.", ASSERTED),
    ],
)
def test_a_role_is_what_the_paper_says_of_its_own_work(nlp: Language, before: str, after: str, status: Status) -> None:
    annotation = extract(nlp, Paper("p", "On stones", f"{before} We cut stones. {after}"))

    assert [one.status for one in annotation.claims or () if one.object == "U-Net"] == [status]
