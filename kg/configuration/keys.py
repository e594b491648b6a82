"""The keys of a configuration: what each is for, what it may be, and what its value names."""

import glob
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import msgspec

from kg.records import Kind

__all__ = ["KEYS", "Key", "VocabularyFile"]

_Text = Annotated[str, msgspec.Meta(min_length=1)]


class VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "type"}):
    """A vocabulary that shall be added to the graph; the fields are what ``kg vocabulary add`` takes."""

    file: _Text
    kind: Kind | None = None
    branch: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the configuration.

    Attributes:
        type: What its value must be, as `msgspec.convert` takes it.
        about: What it is for, in a line.
        example: A value, in TOML.
        default: What holds without it, in words.
        place: Finds what a value names, from the folder of the file.
    """

    type: Any
    about: str
    example: str
    default: str
    place: Callable[[Path, Any], Any] = lambda _, value: value


def _path(folder: Path, value: str) -> str:
    return str(folder / Path(value).expanduser())


def _inputs(folder: Path, inputs: Iterable[str]) -> tuple[str, ...]:
    """The folder is taken by its letters; what is typed may be a glob."""
    return tuple(str(Path(glob.escape(str(folder))) / Path(one).expanduser()) for one in inputs)


def _model(folder: Path, name: str) -> str:
    """A folder beside the file, or else the name of a spaCy pipeline."""
    return _path(folder, name) if Path(_path(folder, name)).exists() else name


def _vocabularies(folder: Path, files: Iterable[str | VocabularyFile]) -> tuple[VocabularyFile, ...]:
    whole = (VocabularyFile(one) if isinstance(one, str) else one for one in files)
    return tuple(msgspec.structs.replace(one, file=_path(folder, one.file)) for one in whole)


KEYS: Final[Mapping[str, Key]] = MappingProxyType(
    {
        "inputs": Key(
            tuple[_Text, ...],
            "Papers that are read where a command is given no INPUT: files, folders, globs.",
            '["library.bib", "papers/*.ris"]',
            "none",
            _inputs,
        ),
        "graph": Key(_Text, "The graph directory.", '"graph"', "graph", _path),
        "out": Key(
            _Text, "Where kg build also writes graph.ttl, graph.trig and graph.html.", '"out"', "nowhere", _path
        ),
        "vocabularies": Key(
            tuple[_Text | VocabularyFile, ...],
            "Vocabularies that kg build adds to the graph, and again when they change.",
            '[{ file = "doid.obo", type = "Disease" }, "ours.csv"]',
            "none",
            _vocabularies,
        ),
        "model": Key(
            _Text,
            "What reads the texts: a folder by kg train, or a spaCy pipeline.",
            '"model"',
            "the shipped one",
            _model,
        ),
        "labels": Key(
            dict[_Text, Kind],
            "What the labels of the spaCy pipeline mean.",
            '{ DISEASE = "Disease" }',
            "none",
        ),
        "fast": Key(bool, "Read with rules and vocabularies alone: quick, and less well.", "true", "false"),
        "min-confidence": Key(
            Annotated[float, msgspec.Meta(ge=0, le=1)],
            "Drop entities that are less sure.",
            "0.7",
            "where F1 was highest",
        ),
        "base-iri": Key(
            _Text, "What the IRIs of papers and new concepts begin with.", '"https://lab.example/kg/"', "the graph's"
        ),
        "workers": Key(Annotated[int, msgspec.Meta(ge=1)], "Processes that read texts.", "2", "as the machine allows"),
    }
)
"""What a configuration may say, in the order in which it is shown."""
