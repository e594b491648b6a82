"""A plain store: a folder whose graph people write themselves, over HTTP, and that no papers stand behind.

A graph built from papers always is what its records say, so it is never written in this way. A file marks the
folder; the engine's store lies beside it, and so do its snapshots while a server runs: the engine cannot read a
store that another process writes, but it copies one by hard links.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from pyoxigraph import Store

from kg.errors import GraphError
from kg.files import write_file, writing
from kg.rdf import parse_file

__all__ = ["PAPERS", "copy_of_file", "is_plain_store", "open_plain_store", "plain_store", "written_store"]

PAPERS: Final = "papers.sqlite"
"""What a folder holds whose graph is built from papers (`kg.store.directory`)."""

_MARK: Final = "PLAIN"
_CONTENT: Final = b"A store that `kg serve --writable` writes; the format of this folder is 1.\n"
_LOCK: Final = ".lock"
_STORE: Final = "store"


def is_plain_store(path: Path) -> bool:
    """Tell whether a folder is marked as a plain store."""
    return (path / _MARK).is_file()


@contextmanager
def plain_store(path: Path) -> Iterator[Path]:
    """Be the only one who writes a plain store, made where there is none yet; gives the folder of the engine's store.

    Raises:
        GraphError: The folder holds something else, or another process writes there.
        OutputError: The folder cannot be made or written.
    """
    _check(path)
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
        lock = _locked(path)
    try:
        if not is_plain_store(path):
            write_file(path / _MARK, _CONTENT)
        with writing(path):
            (path / _STORE).mkdir(exist_ok=True)
        yield path / _STORE
    finally:
        lock.release()


def open_plain_store(path: Path) -> Store:
    """Open a plain store to read, while nobody writes it.

    Raises:
        GraphError: A server writes there, or the store is damaged.
    """
    lock = _locked(path)
    try:
        return Store.read_only(str(path / _STORE))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{path}: the store cannot be opened ({error}); name another with -g") from error
    finally:
        lock.release()


def written_store(folder: Path) -> Store:
    """Open the engine's store of a plain store to write, in the process that does so.

    Raises:
        GraphError: It is damaged, or another process writes there.
    """
    try:
        return Store(str(folder))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{folder}: the store cannot be opened ({error}); name another with -g") from error


def _check(path: Path) -> None:
    if is_plain_store(path):
        return
    if (path / PAPERS).exists():
        raise GraphError(f"{path}: built from papers, so only kg build changes it; name a new folder with -g")
    if path.exists() and (not path.is_dir() or any(one.name != _LOCK for one in path.iterdir())):
        raise GraphError(f"{path}: neither empty nor a store made by kg serve --writable; name a new folder with -g")


def _locked(path: Path) -> FileLock:
    lock = FileLock(path / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise GraphError(f"{path}: a server writes here; ask that server, or stop it") from error
    return lock


def copy_of_file(path: Path, folder: Path) -> str:
    """Load an RDF file into a store of its own, to be read from there by several processes.

    Returns:
        A digest of the file.

    Raises:
        InputError: It cannot be read.
    """
    store = Store(str(folder))
    store.bulk_extend(parse_file(path))
    store.flush()
    return hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()
