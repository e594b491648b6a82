"""Write a large file of made-up records in PubMed's XML, to measure readers with.

    python tools/make_pubmed.py FILE [COUNT]

Each record is 4 kB or more and has what PubMed's have: a structured abstract with inline markup, authors with
affiliations and ORCIDs, MeSH headings, identifiers, a history. The words are drawn by a seeded generator.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

_WORDS = (
    *("stone", "river", "pebble", "model", "scan", "image", "lesion", "kidney", "segmentation", "attention", "network"),
    *("contrast", "patient", "cohort", "slice", "boundary", "training", "validation", "radiologist", "reader", "score"),
    *("baseline", "improved", "reduced", "measured", "across", "between", "among"),
)
_NAMES = ("Weir", "Ford", "Mill", "Brook", "Marsh", "Lake", "Hill", "Stone", "Wood", "Field", "Bridge", "Heath")
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January '
    '2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
_AUTHOR = (
    '<Author ValidYN="Y"><LastName>{last}</LastName><ForeName>{first} {middle}</ForeName><Initials>A</Initials>'
    '<Identifier Source="ORCID">0000-0002-{number:04}-{number:04}</Identifier><AffiliationInfo><Affiliation>Department '
    "of {field}, University of {place}, {place}, Norway.</Affiliation></AffiliationInfo></Author>\n"
)
_MESH = (
    '<MeshHeading><DescriptorName UI="D{number:06}" MajorTopicYN="N">{name}</DescriptorName>'
    '<QualifierName UI="Q{number:06}" MajorTopicYN="Y">{field}</QualifierName></MeshHeading>\n'
)
_RECORD = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Automated">
<PMID Version="1">{pmid}</PMID><DateCompleted><Year>2024</Year><Month>03</Month><Day>11</Day></DateCompleted>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN><JournalIssue
CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue><PubDate><Year>2024</Year><Month>Mar</Month><Day>09</Day>
</PubDate></JournalIssue><Title>Journal of {field} Imaging</Title></Journal><ArticleTitle>{title} {pmid}.</ArticleTitle>
<Pagination><StartPage>1</StartPage><MedlinePgn>1-12</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/made.{pmid}</ELocationID><Abstract>
<AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">{background}</AbstractText>
<AbstractText Label="METHODS" NlmCategory="METHODS">{methods} (<i>p</i> &lt; 10<sup>-3</sup>).</AbstractText>
<AbstractText Label="RESULTS" NlmCategory="RESULTS">{results}</AbstractText>
<CopyrightInformation>Copyright 2024, made up.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language><PublicationTypeList><PublicationType
UI="D016428">Journal Article</PublicationType></PublicationTypeList><ArticleDate DateType="Electronic"><Year>2024</Year>
<Month>01</Month><Day>02</Day></ArticleDate></Article><MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2024</Year><Month>1</Month><Day>3</Day></PubMedPubDate>
</History><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">10.5555/made.{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
"""


def records(count: int) -> Iterator[str]:
    """Yield records, the same ones every time."""
    random = Random(9)  # noqa: S311 - nothing here is secret
    for pmid in range(1, count + 1):
        yield _RECORD.format(
            pmid=pmid,
            title=_words(random, 12).capitalize(),
            field=random.choice(_NAMES),
            background=_words(random, 50),
            methods=_words(random, 90),
            results=_words(random, 90),
            authors="".join(_author(random) for _ in range(4)),
            mesh="".join(_mesh(random) for _ in range(6)),
        )


def _words(random: Random, count: int) -> str:
    return " ".join(random.choices(_WORDS, k=count))


def _author(random: Random) -> str:
    last, first, middle, place, field = random.choices(_NAMES, k=5)
    return _AUTHOR.format(
        last=last, first=first, middle=middle, place=place, field=field, number=random.randrange(10_000)
    )


def _mesh(random: Random) -> str:
    return _MESH.format(number=random.randrange(10**6), name=random.choice(_WORDS), field=random.choice(_WORDS))


def main() -> None:
    """Write the file and say how large its records are."""
    path, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000  # noqa: PLR2004 - FILE, COUNT
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        file.writelines(records(count))
        file.write("</PubmedArticleSet>\n")
    print(f"{path}: {count} records of {path.stat().st_size / count:.0f} bytes")


if __name__ == "__main__":
    main()
