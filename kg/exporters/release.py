"""A release: a graph with its tables, page, decisions and ontology as an RO-Crate (https://w3id.org/ro/crate/1.1)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from kg.exporters.explorer import Published, render_explorer
from kg.exporters.rdf import trig, turtle
from kg.exporters.spreadsheets import spreadsheets
from kg.exporters.void import Distribution, describe
from kg.namespaces import DATA_IRI
from kg.rdf import NamedNode
from kg.resources import ontology_path
from kg.store import Graph

__all__ = ["About", "release_files"]

_METADATA: Final = "ro-crate-metadata.json"
_CRATE: Final = "https://w3id.org/ro/crate/1.1"
_TERMS: Final = {"sha256": "http://schema.org/sha256"}
"""What the crate's own context does not define."""

_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "html": "text/html",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_DESCRIPTIONS: Final[Mapping[str, str]] = {
    "graph.trig": "The graph, one named graph for each paper and one for what papers share.",
    "graph.ttl": "The graph as the union of its named graphs.",
    "graph.html": "A page to search, read and compare what is in the graph; it opens from disk.",
    "void.ttl": "What the graph holds, counted: VoID and DCAT.",
    "ledger.sssom.tsv": "Every link and merge of names, with its reason.",
    "decisions.sssom.tsv": "The links and merges that people decided.",
    "ontology/kg.ttl": "The classes and properties of the graph.",
    "ontology/shapes.ttl": "SHACL shapes: what a valid graph is.",
}


@dataclass(frozen=True, slots=True)
class About:
    """What only the publisher knows.

    Attributes:
        title: Of the release.
        date: When it is published, in ISO 8601.
        licence: The address of a licence.
        authors: Names of who made it.
    """

    title: str
    date: str
    licence: str
    authors: Sequence[str] = ()


def release_files(graph: Graph, about: About, ledgers: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Make the files of a release, by path within it.

    Args:
        graph: To be published.
        about: What the metadata say of it.
        ledgers: Files of decisions, by name.
    """
    files = {
        "graph.trig": b"".join(trig(graph)),
        "graph.ttl": b"".join(turtle(graph)),
        "graph.html": render_explorer(graph, title=about.title, published=Published(about.date, about.licence)),
        **{f"tables/{name}": data for name, data in spreadsheets(graph).items()},
        **{f"ontology/{name}": ontology_path(name).read_bytes() for name in ("kg.ttl", "shapes.ttl")},
        **ledgers,
    }
    held = ("graph.trig", "graph.ttl")
    distributions = tuple(Distribution(name, _media_type(name), len(files[name])) for name in held)
    files["void.ttl"] = describe(graph, NamedNode(f"{DATA_IRI}dataset"), distributions)
    return files | {_METADATA: _metadata(files, about)}


def _metadata(files: Mapping[str, bytes], about: About) -> bytes:
    names = sorted(files)
    people = [
        {"@id": f"#author-{place}", "@type": "Person", "name": name}
        for place, name in enumerate(about.authors, start=1)
    ]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": "An RDF knowledge graph read from the abstracts of papers, with the evidence for every claim.",
        "datePublished": about.date,
        "license": {"@id": about.licence},
        "hasPart": [{"@id": name} for name in names],
    }
    if people:
        links = [{"@id": one["@id"]} for one in people]
        root["author"] = links if len(links) > 1 else links[0]
    descriptor = {
        "@id": _METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _CRATE},
        "about": {"@id": "./"},
    }
    licence = {"@id": about.licence, "@type": "CreativeWork", "name": about.licence}
    entities = [descriptor, root, licence, *people, *(_file(name, files[name]) for name in names)]
    crate = {"@context": [f"{_CRATE}/context", _TERMS], "@graph": entities}
    return json.dumps(crate, ensure_ascii=False, indent=1).encode() + b"\n"


def _file(name: str, data: bytes) -> dict[str, str]:
    described = _DESCRIPTIONS.get(name, f"The table of {name.removeprefix('tables/').removesuffix('.csv')}.")
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "description": described,
        "encodingFormat": _media_type(name),
        "contentSize": str(len(data)),
        "sha256": sha256(data).hexdigest(),
    }


def _media_type(name: str) -> str:
    return _MEDIA_TYPES[name.rpartition(".")[2]]
