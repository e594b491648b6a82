"""The IRIs of a graph: each made of what it names, never of a counter that company could change."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, urlsplit, urlunsplit

from kg.namespaces import DATA_IRI
from kg.rdf import NamedNode
from kg.records import Author, Interval, Kind, Paper
from kg.text import slug

__all__ = ["Iris", "web_address"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_HOST = re.compile(r"[\w\-]+(?:\.[\w\-]+)+(?::\d+)?(?=/|$)")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/:?@!$&'()*+,;=%~-._"


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes IRIs under a base; a paper's own parts stand under the paper."""

    base: str = DATA_IRI

    def paper(self, paper: Paper) -> NamedNode:
        """Of a paper, by DOI, arXiv id, PMID or title."""
        return NamedNode(f"{self.base}paper/{paper.key}")

    def part(self, paper: Paper, *names: str | int) -> NamedNode:
        """Of something that belongs to one paper, such as its text."""
        return NamedNode("/".join([self.paper(paper).value, *map(str, names)]))

    def graph(self, paper: Paper) -> NamedNode:
        """Of the graph that holds all that is told of a paper."""
        return NamedNode(f"{self.base}graph/{paper.key}")

    @property
    def aggregate(self) -> NamedNode:
        """Of the graph of concepts and assertions."""
        return NamedNode(f"{self.base}graph/aggregate")

    def author(self, author: Author, source: str) -> NamedNode:
        """Of an author, by ORCID, else by name within one source."""
        if author.orcid:
            return NamedNode(f"{self.base}author/orcid/{author.orcid}")
        return NamedNode(f"{self.base}author/{_segment(source) or 'unstated'}/{_segment(author.name)}")

    def mention(self, paper: Paper, mention: Interval, kind: Kind) -> NamedNode:
        """Of a mention, by its offsets and kind."""
        return self.part(paper, "mention", f"{mention[0]}-{mention[1]}", kind.value.lower())

    def sentence(self, paper: Paper, sentence: Interval) -> NamedNode:
        """Of a sentence, by its offsets."""
        return self.part(paper, "sentence", f"{sentence[0]}-{sentence[1]}")

    def scheme(self, kind: Kind) -> NamedNode:
        """Of the concept scheme of a kind; that of the vocabularies, whatever the base."""
        return NamedNode(f"{DATA_IRI}scheme/{kind.value.lower()}")

    def digest(self, what: str, *parts: str) -> NamedNode:
        """Of something that is the same where its parts are the same, such as an assertion."""
        return NamedNode(f"{self.base}{what}/{sha256(chr(10).join(parts).encode()).hexdigest()[:32]}")


def _segment(name: str) -> str:
    return slug(name) or (sha256(name.encode()).hexdigest()[:8] if name.strip() else "")


def web_address(printed: str) -> NamedNode | None:
    """Make an IRI of an address as printed; None where it is none that can be followed.

    >>> web_address("github.com/a/b").value, web_address("https://x.org/a b|100%").value
    ('https://github.com/a/b', 'https://x.org/a%20b%7C100%25')
    >>> [web_address(wrong) for wrong in ("javascript:alert(1)", "http://", "http://[bad/x", "see above")]
    [None, None, None, None]
    """
    address = printed.strip()
    if not _SCHEME.match(address) and _HOST.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() not in {"http", "https", "ftp"} or not _HOST.fullmatch(parts.netloc):
            return None
        path, query, fragment = (quote(_STRAY_PERCENT.sub("%25", part), safe=_SAFE) for part in parts[2:])
        return NamedNode(urlunsplit((parts.scheme, parts.netloc, path, query, fragment)))
    except ValueError:
        return None
