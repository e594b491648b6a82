import pytest
from spacy.language import Language

from kg.extraction.findings import findings_of
from kg.records import Links, Size


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code is at https://github.com/brook/net.", Links(code=("https://github.com/brook/net",))),
        ("Data: https://zenodo.org/record/1 (open).", Links(data=("https://zenodo.org/record/1",))),
        ("Code and data at https://brook.org/x,", Links(code=("https://brook.org/x",), data=("https://brook.org/x",))),
        ("See (https://brook.org/a(b)).", Links(other=("https://brook.org/a(b)",))),
        ("github.com/brook/net has it", Links(code=("github.com/brook/net",))),
        ("no address", Links()),
    ],
    ids=["code", "data", "both", "brackets", "without scheme", "none"],
)
def test_sorts_addresses(nlp: Language, text: str, links: Links) -> None:
    assert findings_of(nlp(f"Title\n{text}")).links == links


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("1,200 CT scans of 5 hospitals", (Size(1200, "CT scans"), Size(5, "hospitals"))),
        ("3.5 million images, 95% of patients, 2 times", ()),
        ("in 2021, patients", ()),
        ("from 340 consecutive female patients", (Size(340, "consecutive female patients"),)),
    ],
    ids=["two", "no counts", "a year", "modifiers"],
)
def test_reads_sizes(nlp: Language, text: str, sizes: tuple[Size, ...]) -> None:
    assert findings_of(nlp(text)).sizes == sizes
