"""What a project repeats: ``kg.toml``, or the table ``tool.kg`` of ``pyproject.toml``.

The nearest file counts, from the current folder upwards; the two are never mixed. Every value is checked when the
file is read, and every fault has its line. Paths are relative to the file.
"""

import glob
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import msgspec

from kg.errors import InputError, UnknownNameError
from kg.records import Kind

__all__ = [
    "FILE",
    "KEYS",
    "Configuration",
    "Key",
    "VocabularyFile",
    "find_configuration",
    "read_configuration",
    "template",
]

FILE: Final = "kg.toml"
_SHARED: Final = "pyproject.toml"
_TABLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({_SHARED: ("tool", "kg")})
"""Where the keys lie in files that are not ours alone."""

_SYNTAX: Final = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)
_AT_FIELD: Final = re.compile(r" - at `.*`$")
_NO_KIND: Final = re.compile(r"Invalid enum value '(?P<name>.*)'", re.DOTALL)

_HEAD: Final = """\
# What holds for kg in this folder and below; options win over it, and kg config shows it all.
# Paths are relative to this file. What stands behind a # is an example; without it the default holds.
"""

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


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says; without a file, nothing.

    Attributes:
        path: The file.
        values: By key, checked; paths lead from the current folder.
        text: What the file holds.
    """

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""

    def places(self) -> dict[str, str]:
        """Give ``path:line`` for each key that the file has."""
        if self.path is None:
            return {}
        lines = _lines_of(self.text, _TABLES.get(self.path.name, ()), self.values)
        return {key: f"{self.path}:{line}" for key, line in lines.items()}


def find_configuration(folders: Iterable[Path] | None = None) -> Configuration:
    """Read the nearest configuration.

    Args:
        folders: Where it may lie, in order; by default the current folder and those above it.

    Raises:
        InputError: The file cannot be read, is no TOML, or has an unknown key or a value of the wrong type.
    """
    for folder in _upwards() if folders is None else folders:
        for name in (FILE, _SHARED):
            path = folder / name
            if _is_file(path):
                found = read_configuration(path)
                if name == FILE or found.values:
                    return found
    return Configuration()


def _is_file(path: Path) -> bool:
    """Tell whether there is a file; a folder above the current one may be closed to us."""
    try:
        return path.is_file()
    except OSError:
        return False


def _upwards() -> Iterator[Path]:
    """The current folder and those above it, as seen from it: what is told of them stays short."""
    return (Path(*[".."] * steps) for steps in range(len(Path.cwd().parts)))


def read_configuration(path: Path) -> Configuration:
    """Read one configuration file.

    Raises:
        InputError: The file cannot be read, is no TOML, or has an unknown key or a value of the wrong type.
    """
    try:
        text = path.read_text("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 (byte {error.start + 1})", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(path, text, error) from error
    except RecursionError as error:
        raise InputError(str(path), "nests too deep", "see kg init for what a configuration may say") from error
    header = _TABLES.get(path.name, ())
    table = _below(table, header)
    if not isinstance(table, dict):
        raise InputError(str(path), f"{'.'.join(header)} is no table", f"begin with [{'.'.join(header)}]")
    try:
        values = {key: _checked(key, value) for key, value in table.items()}
    except _Fault as fault:
        line = _lines_of(text, header, [fault.key])[fault.key]
        raise InputError(f"{path}:{line}", fault.reason, fault.remedy) from fault
    return Configuration(path, {key: KEYS[key].place(path.parent, value) for key, value in values.items()}, text)


def _no_toml(path: Path, text: str, error: tomllib.TOMLDecodeError) -> InputError:
    match = _SYNTAX.fullmatch(str(error))
    line = (match and match["line"]) or len(text.splitlines())
    return InputError(f"{path}:{line}", f"not TOML ({match['reason'] if match else error})", "see https://toml.io")


class _Fault(Exception):  # noqa: N818 - becomes an InputError when its line is known
    """A key, or its value, is not as it must be."""

    def __init__(self, key: str, reason: str, remedy: str, /) -> None:
        self.key, self.reason, self.remedy = key, reason, remedy


def _checked(key: str, value: object) -> object:
    """See that there is such a key and that its value fits."""
    if key not in KEYS:
        raise _Fault(key, f"unknown key {key!r}", UnknownNameError("key", key, KEYS).remedy)
    try:
        return msgspec.convert(value, KEYS[key].type)
    except msgspec.ValidationError as error:
        reason = _AT_FIELD.sub("", str(error)).replace("`", "")
        no_kind = _NO_KIND.fullmatch(reason)
        if no_kind:
            unknown = UnknownNameError("kind", no_kind["name"], Kind)
            raise _Fault(key, f"{key}: unknown kind {unknown.name!r}", unknown.remedy) from error
        reason = reason[:1].lower() + reason[1:]
        raise _Fault(key, f"{key}: {reason}", f"write it such as {key} = {KEYS[key].example}") from error


def _lines_of(text: str, header: Sequence[str], keys: Iterable[str]) -> dict[str, int]:
    """Find the line on which each key of a table begins.

    `tomllib` tells no places. But what stands above a line parses where a line may begin, and holds the key from
    the end of its value on: so the key begins on the line after the last one above which all parses without it.
    """
    wanted, found = set(keys), dict[str, int]()
    lines = list(io.StringIO(text))
    first = _first_line(lines, header)
    begins = first
    for number in range(first, len(lines)):
        if not wanted:
            break
        try:
            table = _below(tomllib.loads("".join(lines[first : number + 1])), header)
        except tomllib.TOMLDecodeError:
            continue
        new = wanted & table.keys()
        found |= dict.fromkeys(new, begins + 1)
        wanted -= new
        begins = number + 1
    return found


def _below(table: dict[str, Any], header: Sequence[str]) -> dict[str, Any]:
    """Go down to a table, which may be missing, or be none."""
    for name in header:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    return table


def _first_line(lines: Sequence[str], header: Sequence[str]) -> int:
    """Pass over the tables above ours, which may be long."""
    start = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(f'"?{name}"?' for name in header) + r"\s*[.\]]")
    return next((number for number, line in enumerate(lines) if header and start.match(line)), 0)


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
        "workers": Key(Annotated[int, msgspec.Meta(ge=1)], "Processes that read texts.", "2", "1"),
    }
)
"""What a configuration may say, in the order in which it is shown."""


def template(inputs: Sequence[str] = ()) -> str:
    """Write a commented configuration: what is in force is the inputs, where there are some, the graph, and ``out``.

    >>> [line for line in template(["library.bib"]).splitlines() if line and line[0] != "#"]
    ['inputs = ["library.bib"]', 'graph = "graph"', 'out = "out"']
    """
    force = {name: KEYS[name].example for name in ("graph", "out")}
    if inputs:
        force["inputs"] = f"[{', '.join(map(_quoted, inputs))}]"
    return _HEAD + "".join(
        f"\n# {key.about}\n" + (f"{name} = {force[name]}\n" if name in force else f"# {name} = {key.example}\n")
        for name, key in KEYS.items()
    )


def _quoted(text: str) -> str:
    """Write a basic string, which is one of JSON but for a character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
