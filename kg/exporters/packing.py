"""Several files as one: a ZIP archive that is the same for the same files."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

__all__ = ["zipped"]

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The first date that ZIP can tell."""
_READABLE: Final = 0o644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files, in order of name, without dates."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            archive.writestr(entry, data)
    return packed.getvalue()
