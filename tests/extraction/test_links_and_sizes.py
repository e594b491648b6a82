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
        ("Our code is available at 10.5281/zenodo.77.", Links(code=("10.5281/zenodo.77",))),
        ("Code and pre-processed data: https://gitlab.com/b/n", Links(code=("https://gitlab.com/b/n",))),
        ("no address", Links()),
    ],
    ids=["code", "data", "both", "brackets", "without scheme", "a bare DOI", "data that comes with code", "none"],
)
def test_sorts_addresses(nlp: Language, text: str, links: Links) -> None:
    assert findings_of(nlp(f"Title\n{text}")).links == links


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("1,200 CT scans of 5 hospitals", (Size(1200, "CT scans"), Size(5, "hospitals"))),
        ("95% of patients, 2 times, 3.5 images, 5 folds, 3 mm slices", ()),
        ("in 2021, patients", ()),
        ("on the PEBBLE 2018 images and the Creek 450 dataset", ()),
        ("in type 2 patients and at 30 frames per second", ()),
        ("from 340 consecutive female patients", (Size(340, "consecutive female patients"),)),
        ("3.5 million images and 494k quintuples", (Size(3_500_000, "images"), Size(494_000, "quintuples"))),
        ("of 4,877 diverse volumes from $16$ scanners", (Size(4877, "volumes"), Size(16, "scanners"))),
        (
            "with 95 surgical video clips showing 14 pathologies",
            (Size(95, "surgical video clips"), Size(14, "pathologies")),
        ),
        ("on 10, 20 and 30 images", (Size(10, "images"), Size(20, "images"), Size(30, "images"))),
        ("for healthy controls (n = 20) and 7 children", (Size(20, "healthy controls"), Size(7, "children"))),
        (f"{'9' * 5000} images, {'9' * 16} scans, 9000000 billion eyes and adults (n = {'9' * 5000})", ()),
    ],
    ids=[
        "two",
        "no counts",
        "a year",
        "names",
        "kinds and rates",
        "modifiers",
        "scales",
        "vague words and LaTeX",
        "long nouns",
        "a list",
        "a sample",
        "endless digits",
    ],
)
def test_reads_sizes(nlp: Language, text: str, sizes: tuple[Size, ...]) -> None:
    assert findings_of(nlp(text)).sizes == sizes
