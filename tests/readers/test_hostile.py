"""Files that are damaged or meant to do harm: one clear line, whatever stands in them."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.readers import READERS, Source, read_papers
from kg.readers.packing import Packed
from kg.records import Paper, decode_paper, encode
from tests.readers import writers

DATA = Path(__file__).parent / "data"
FILES = {
    "pubmed": "pubmed.xml",
    "arxiv": "arxiv.xml",
    "jats": "jats.xml",
    "openalex": "openalex.json",
    "crossref": "crossref.json",
    "semantic-scholar": "semantic_scholar.json",
}
CONTENT = {name: (DATA / file).read_bytes() for name, file in FILES.items()}
BOMB = '<!DOCTYPE x [<!ENTITY a "lol">{}]>'.format(
    "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
)


def read(path: Path, content: bytes | str, reader: str) -> list[Paper]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_papers([str(path)], reader=reader))


@pytest.mark.parametrize("reader", FILES)
def test_a_file_that_is_cut_off_anywhere_is_one_line_or_the_records_before(tmp_path: Path, reader: str) -> None:
    content = CONTENT[reader]
    whole = read(tmp_path / "whole", content, reader)
    end = len(content.rstrip())
    for cut in range(40, end - 1, 97):
        bad: list[InputError] = []
        path = tmp_path / "cut"
        path.write_bytes(content[:cut])

        papers = list(read_papers([str(path)], reader=reader, on_bad=bad.append))

        assert papers == whole[: len(papers)]
        assert len(bad) == 1, cut
        assert "\n" not in str(bad[0])


@pytest.mark.parametrize(
    ("doctype", "use"),
    [
        (BOMB, "&j;"),
        ('<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>', "&file;"),
        ('<!DOCTYPE x [<!ENTITY % net SYSTEM "http://127.0.0.1:9/x.dtd"> %net;]>', ""),
        ('<!DOCTYPE x [<!ENTITY harmless "text">]>', ""),
    ],
    ids=["bomb", "file", "network", "unused"],
)
@pytest.mark.parametrize("reader", ["pubmed", "arxiv", "jats"])
def test_entities_of_a_file_are_refused(tmp_path: Path, reader: str, doctype: str, use: str) -> None:
    content = CONTENT[reader].decode()
    head, _, rest = content.partition("?>")
    body = rest[rest.index(">\n", rest.index("<!DOCTYPE")) + 1 :] if "<!DOCTYPE" in rest else rest
    hostile = f"{head}?>{doctype}{body}".replace("tones", f"tones{use}").replace("RiverSet", f"RiverSet{use}")

    with pytest.raises(InputError, match=r"refused as unsafe|amplification|Entity") as caught:
        read(tmp_path / "hostile.xml", hostile, reader)

    assert "root:" not in str(caught.value)


def test_a_bomb_in_an_attribute_is_refused(tmp_path: Path) -> None:
    content = f'{BOMB}<PubmedArticleSet a="&j;"><PubmedArticle/></PubmedArticleSet>'

    with pytest.raises(InputError, match=r"hostile\.xml:1: not XML .*amplification"):
        read(tmp_path / "hostile.xml", content, "pubmed")


@pytest.mark.parametrize(
    ("reader", "content", "message"),
    [
        ("pubmed", b"<PubmedArticleSet><PubmedArticle>\n", r"x:2: not XML \(.*end of data"),
        ("pubmed", b"<PubmedArticleSet>\n\n<b>\xe9</b></PubmedArticleSet>", r"x:3: not XML \(.*encoding"),
        ("pubmed", b"<a>&eacute;</a>", r"x:1: not XML \(Entity 'eacute' not defined\)"),
        ("pubmed", b"<a>" * 3000, r"x:1: not XML \(.*depth"),
        ("openalex", b'{"results": [{"id": "W1"', r"x: not JSON \(.*\); give a whole"),
        (
            "openalex",
            b'{"results": [{"title": "A"}, {"title": "\xe9"}]}',
            r"x: not JSON .*\(the byte 0xe9 is not UTF-8",
        ),
        ("openalex", b'{"results": [{"title": "A"}, oops]}', r"x: not JSON after record 1 \(Expecting value\)"),
        ("openalex", b'{"results": [' + b"[" * 200_000, r"x: not JSON \(nested too deep\)"),
        ("openalex", b'{"a":' * 200_000, r"x: not JSON \(nested too deep\)"),
        ("openalex", b'[{"title": 3}]', r"x, record 1: field title: Expected `str \| null`, got `int`"),
        ("openalex", b"[3]", r"x, record 1: Expected `object`, got `int`"),
        ("openalex", b'{"title": NaN}', r"x: not JSON \(NaN is no JSON number\)"),
        ("crossref", b'{"message": {"items": [{"DOI": "10.1/x"}]}}', r"x, record 1: has no title"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
def test_what_is_wrong_is_said_on_one_line(tmp_path: Path, reader: str, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path / "x", content, reader)

    assert "\n" not in str(caught.value)


def test_half_a_surrogate_pair_does_not_get_through(tmp_path: Path) -> None:
    (paper,) = read(tmp_path / "x", '[{"title": "A \\ud800 stone", "authorships": []}]', "openalex")

    assert paper.title == "A \ufffd stone"


@pytest.mark.parametrize(
    ("abstract", "shown"),
    [
        ("<p>We weigh <b>3</b> stones.</p><script>alert(1)</script>", "We weigh 3 stones."),
        ("where a<b and c>d holds", "where a<b and c>d holds"),
        ("p&lt;0.05, <jats:italic>n</jats:italic>&amp;#x2009;= 3", "p<0.05, n = 3"),
        ("<jats:p>unclosed, E = mc<jats:sup>2</jats:sup>", "unclosed, E = mc2"),
        ("<mml:math><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math> of it", "1/2 of it"),
        ("<p>&nbsp;Two&nbsp;words</p>", "Two words"),
    ],
)
def test_markup_in_abstracts_becomes_text(tmp_path: Path, abstract: str, shown: str) -> None:
    content = json.dumps([{"title": "A", "abstract": abstract}])

    assert [paper.abstract for paper in read(tmp_path / "x", content, "semantic-scholar")] == [shown]


_PEAK = """
import resource, sys
from pathlib import Path
from kg.readers import READERS, Source
from kg.readers.packing import Packed
source = Source("x", lambda: Packed(Path(sys.argv[2]).open("rb")))
count = sum(1 for _ in READERS[sys.argv[1]].read(source, print))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kilobytes are Linux's unit of memory")
@pytest.mark.parametrize("reader", ["pubmed", "openalex"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, reader: str) -> None:
    paper = Paper("1", "A Stone", "It is heavy. " * 200, pmid="1", openalex="W1")
    write = writers.pubmed_xml if reader == "pubmed" else writers.openalex_json

    def peak(count: int) -> int:
        path = tmp_path / f"{count}"
        path.write_text(write([paper] * count), "utf-8")
        command = [sys.executable, "-c", _PEAK, reader, str(path)]
        read, kilobytes = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
        assert int(read) == count
        return int(kilobytes)

    assert peak(6000) < peak(1500) + 5_000  # the file grows by more than 11 MB


@given(data=st.data(), reader=st.sampled_from(sorted(FILES)))
@settings(max_examples=300, deadline=None)
def test_damaged_bytes_give_papers_or_one_line(data: st.DataObject, reader: str) -> None:
    content = bytearray(CONTENT[reader])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        size = data.draw(st.integers(0, 40))
        content[place : place + size] = data.draw(st.binary(max_size=12) | st.sampled_from(TOKENS))
    bad: list[InputError] = []
    source = Source("x", lambda: Packed(io.BytesIO(bytes(content))))
    try:
        papers = [located.paper for located in READERS[reader].read(source, bad.append)]
    except InputError as error:
        papers, bad = [], [error]

    assert all("\n" not in str(error) for error in bad)
    assert all(decode_paper(encode(paper)) == paper for paper in papers)


TOKENS = [
    b"<",
    b">",
    b"&",
    b'"',
    b"]]>",
    b"<![CDATA[",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"\\ud800",
    b"1e999",
]
