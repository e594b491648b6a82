"""A graph kept as it is now under a name; files of the store are shared, not copied."""

import re
import secrets
import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.files import writing
from kg.store.database import open_to_read
from kg.store.directory import SNAPSHOTS, GraphDirectory
from kg.store.editing import clone_store, force_to_disk
from kg.store.plain import PAPERS

__all__ = ["take_snapshot"]

_NAME: Final = re.compile(r"[A-Za-z0-9_\-][A-Za-z0-9_\-.]*")


def take_snapshot(directory: GraphDirectory, name: str) -> Path:
    """Keep a graph as it is now.

    Args:
        directory: Of the graph.
        name: Of letters, digits, ``-``, ``_`` and ``.``, which it does not begin with.

    Returns:
        The folder of the snapshot, which is a graph directory of its own.

    Raises:
        UsageError: The name is none, or taken.
        GraphError: There is no graph, it is damaged, or somebody is changing it.
        OutputError: The folder cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name a snapshot; use letters, digits, -, _ and .")
    directory.built()
    target = directory.path / SNAPSHOTS / name
    if target.exists():
        raise UsageError(f"{target}: there is a snapshot of this name; remove that folder, or use another name")
    with directory.locked(), writing(target):
        target.parent.mkdir(exist_ok=True)
        new = target.parent / f".{name}.{secrets.token_hex(4)}"
        try:
            _copy(directory, new)
            new.rename(target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return target


def _copy(directory: GraphDirectory, folder: Path) -> None:
    folder.mkdir()
    with closing(open_to_read(directory.path / PAPERS)) as database:
        database.execute("VACUUM INTO ?", (str(folder / PAPERS),))
    store = directory.store_path()
    (folder / store.parent.name).mkdir()
    clone_store(store, folder / store.parent.name / "store")
    GraphDirectory(folder).write_decisions(directory.decided(settled=True))
    if directory.vocabularies.exists():
        shutil.copytree(directory.vocabularies, folder / directory.vocabularies.name)
    force_to_disk(folder)
