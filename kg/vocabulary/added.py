"""The vocabularies that somebody has added to a graph: a folder with one compiled file each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kg.errors import InputError, UnknownNameError, UsageError
from kg.files import writing
from kg.namespaces import DATA_IRI
from kg.records import Kind
from kg.text import slug
from kg.vocabulary.choosing import below, check_found, entries_of, of_kind
from kg.vocabulary.compiling import compile_entries, rules_digest
from kg.vocabulary.entry import Entry
from kg.vocabulary.formats import FORMATS, format_of
from kg.vocabulary.index import Index
from kg.vocabulary.skos import shipped_vocabulary

__all__ = ["AddReport", "AddedVocabularies", "Choice"]

_SUFFIX: Final = ".sqlite"


@dataclass(frozen=True, slots=True)
class Choice:
    """What shall be taken of a file.

    Attributes:
        format: Its format; by default its name or content tells.
        kind: Only concepts of this kind; needed where the file does not tell it.
        branch: Only this concept, named by IRI, id or name, and all below it.
    """

    format: str | None = None
    kind: Kind | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What was added.

    Attributes:
        name: Under which it was.
        replaced: Whether there was one of this name.
        concepts: Their number.
        names: Names that name just one of them, without help from the text.
        common: Names left out since they are words of everyday English, in order.
        unclear: Names that count in running text only where it names the concept otherwise, in order.
        left_out: What else was not taken, counted in words.
    """

    name: str
    replaced: bool
    concepts: int
    names: int
    common: tuple[str, ...]
    unclear: tuple[str, ...]
    left_out: Mapping[str, int]


class AddedVocabularies:
    """The added vocabularies of a folder, in order of name.

    Args:
        folder: Need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[Index]:
        """Open each; one that was compiled with other rules for keys than ours is compiled again.

        Raises:
            GraphError: A file is damaged.
            OutputError: The folder cannot be written, and must be.
        """
        for name in self.names():
            index = Index(self._path(name))
            if index.about["rules"] != rules_digest():
                index = self._compile(name, index.entries(), index.about)
            yield index

    def names(self) -> list[str]:
        """Give the names under which vocabularies were added, in order."""
        return sorted(path.stem for path in self.folder.glob(f"*{_SUFFIX}"))

    def add(self, path: Path, choice: Choice, *, name: str | None = None, base_iri: str = DATA_IRI) -> AddReport:
        """Read a file and compile what is chosen of it; a vocabulary of the same name is replaced.

        Args:
            path: The file.
            choice: What to take of it.
            name: By default that of the file.
            base_iri: Ids that are no IRIs stand under it, with the vocabulary's name.

        Raises:
            UnknownNameError: There is no such format.
            UsageError: The name is none, or the choice is of nothing.
            InputError: The file cannot be read, or is not sound; nothing is written.
            OutputError: The folder cannot be written.
        """
        name = _name_of(path, name)
        left_out: Counter[str] = Counter()
        base, used = f"{base_iri}vocabulary/{name}/", format_of(path, choice.format)
        found = list(FORMATS[used](path, base, left_out))
        check_found(found, path, left_out)
        if choice.branch is not None:
            found = below(found, choice.branch, base)
        chosen = of_kind(found, choice.kind, path)
        common, unclear = list[str](), list[str]()

        def entries() -> Iterator[Entry]:
            for entry in entries_of(chosen, shipped_vocabulary().terms):
                common.extend(entry.left_out)
                unclear.extend((*entry.shared, *entry.ambiguous))
                yield entry

        replaced = self._path(name).exists()
        about = {"file": path.name, "format": used, "branch": choice.branch or "", "source": _source(path, choice)}
        index = self._compile(name, entries(), about)
        return AddReport(name, replaced, len(index), index.name_count, tuple(common), tuple(unclear), +left_out)

    def has(self, path: Path, choice: Choice, *, name: str | None = None) -> bool:
        """Tell whether this was added, under this name, of a file with this content.

        Raises:
            GraphError: The compiled file is damaged.
            InputError: The file cannot be read.
        """
        there = self._path(_name_of(path, name))
        return there.exists() and Index(there).about.get("source") == _source(path, choice)

    def remove(self, name: str) -> None:
        """Remove one.

        Raises:
            UnknownNameError: There is none of this name.
            OutputError: It cannot be removed.
        """
        if name not in self.names():
            raise UnknownNameError("vocabulary", name, self.names())
        with writing(self.folder):
            self._path(name).unlink()
            if not any(self.folder.iterdir()):
                self.folder.rmdir()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"

    def _compile(self, name: str, entries: Iterable[Entry], about: Mapping[str, str]) -> Index:
        """Write the file under another name, then rename it: it is there whole or not at all."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            # A folder of its own: runs that only read a graph take no lock, and may compile the same file at once.
            with TemporaryDirectory(prefix=f".{name}.", dir=self.folder) as unfinished:
                new = Path(unfinished) / name
                compile_entries(entries, about, new)
                new.replace(self._path(name))
        return Index(self._path(name))


def _source(path: Path, choice: Choice) -> str:
    """Hash what is added: the content of the file, and what is taken of it."""
    try:
        content = sha256(path.read_bytes())
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check the path") from error
    content.update(repr(choice).encode())
    return content.hexdigest()


def _name_of(path: Path, name: str | None) -> str:
    return _checked(name if name is not None else slug(path.name.split(".")[0]))


def _checked(name: str) -> str:
    if slug(name) != name or not name:
        hint = f", such as {slug(name)}" if slug(name) else ""
        raise UsageError(f"{name!r} is no name for a vocabulary; use small letters, digits and hyphens{hint}")
    return name
