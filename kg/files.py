"""Files are written whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError

__all__ = ["check_writable", "write_file", "write_files", "writing"]

_REMEDY = "check the path, rights and free space"


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file under a temporary name beside it, then rename it.

    Args:
        path: Its folder is made where there is none.
        data: Whole or in parts; what making a part raises is passed on, and a former file is untouched.

    Raises:
        OutputError: It cannot be written; a former file is untouched.
    """
    write_files({path: data})


def write_files(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write several files that belong together: none takes its name before all are written.

    Raises:
        OutputError: One cannot be written; former files are untouched.
    """
    temporary: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary[path] = _write_beside(path, data)
        for path, new in temporary.items():
            with writing(path):
                new.replace(path)
    finally:
        for new in temporary.values():
            new.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Find out before long work whether its result can be written; nothing is made.

    Raises:
        OutputError: The path is a folder, or no file can be made in the folder it stands in.
    """
    folder = next(one for one in path.absolute().parents if one.exists())
    reason = None
    if path.is_dir():
        reason = "it is a folder"
    elif not folder.is_dir():
        reason = f"{folder.name} is no folder"
    elif not os.access(folder, os.W_OK | os.X_OK):
        reason = "Permission denied"
    if reason:
        raise OutputError(str(path), f"cannot be written ({reason})", _REMEDY)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a failure to write into an `OutputError` that names the path."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(str(path), f"cannot be written ({reason})", _REMEDY) from error


def _write_beside(path: Path, data: bytes | Iterable[bytes]) -> Path:
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for part in [data] if isinstance(data, bytes) else data:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(0o666 & ~_umask())
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
