"""Finds the configuration that holds, and checks it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from kg.configuration.keys import KEYS
from kg.configuration.lines import below, lines_of
from kg.errors import InputError, UnknownNameError
from kg.records import Kind

__all__ = ["FILE", "Configuration", "find_configuration", "read_configuration"]

FILE: Final = "kg.toml"
_SHARED: Final = "pyproject.toml"
_TABLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({_SHARED: ("tool", "kg")})
"""Where the keys lie in files that are not ours alone."""

_SYNTAX: Final = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)
_AT_FIELD: Final = re.compile(r" - at `.*`$")
_NO_KIND: Final = re.compile(r"Invalid enum value '(?P<name>.*)'", re.DOTALL)


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
        lines = lines_of(self.text, _TABLES.get(self.path.name, ()), self.values)
        return {key: f"{self.path}:{line}" for key, line in lines.items()}


def find_configuration() -> Configuration:
    """Read the nearest configuration, from the current folder upwards.

    Raises:
        InputError: The file cannot be read, is no TOML, or has an unknown key or a value of the wrong type.
    """
    for folder in _upwards():
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
    table = below(table, header)
    if not isinstance(table, dict):
        raise InputError(str(path), f"{'.'.join(header)} is no table", f"begin with [{'.'.join(header)}]")
    try:
        values = {key: _checked(key, value) for key, value in table.items()}
    except _Fault as fault:
        line = lines_of(text, header, [fault.key])[fault.key]
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
