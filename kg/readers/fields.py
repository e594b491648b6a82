"""What foreign records say of a paper in their own ways, brought into the forms of `kg.records`.

A record of another system is taken as it comes: a malformed ORCID or an impossible day costs that field, never
the paper.
"""

import re
from collections.abc import Callable
from datetime import date

from kg.errors import RecordError

__all__ = ["checked_title", "iso_date", "normalised", "orcid_in", "urls_in"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"[0-9]{4}")
_ORCID = re.compile(r"([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{3}[0-9Xx])(?![0-9])")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def normalised(normal: Callable[[str], str], printed: str | None) -> str | None:
    """Give what ``normal`` makes of a printed identifier or date, or None where it is none.

    >>> from kg.records.identifiers import normal_doi
    >>> normalised(normal_doi, "doi:10.1000/x"), normalised(normal_doi, "none"), normalised(normal_doi, None)
    ('10.1000/x', None, None)
    """
    try:
        return normal(printed) if printed else None
    except RecordError:
        return None


def orcid_in(printed: str | None) -> str | None:
    """Find the ORCID in an address or a run of digits.

    >>> orcid_in("http://orcid.org/0000-0002-1825-009x"), orcid_in("0000000218250097"), orcid_in("0000-0002")
    ('0000-0002-1825-009X', '0000-0002-1825-0097', None)
    """
    found = _ORCID.search(printed or "")
    return f"{found[1]}-{found[2]}-{found[3]}-{found[4].upper()}" if found else None


def iso_date(year: str, month: str = "", day: str = "") -> str | None:
    """Write a date as precisely as its parts are sound; months may be names.

    >>> iso_date("2023", "Jun", "3"), iso_date("2023", "6"), iso_date("2023", "Summer"), iso_date("2023", "2", "30")
    ('2023-06-03', '2023-06', '2023', '2023-02')
    """
    if not _YEAR.fullmatch(year) or year == "0000":
        return None
    number = int(month) if month.isascii() and month.isdigit() else _month(month)
    if not 1 <= number <= len(_MONTHS):
        return year
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return f"{year}-{number:02}"


def _month(name: str) -> int:
    short = name.strip().lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def urls_in(text: str) -> tuple[str, ...]:
    """Find addresses in running text, each once, without the punctuation that follows them.

    >>> urls_in("12 pages. Code: https://example.org/a (see https://example.org/a).")
    ('https://example.org/a',)
    """
    return tuple(dict.fromkeys(url.rstrip(".,;:!?)]'") for url in _URL.findall(text)))


def checked_title(title: str) -> str:
    """See that there is a title: without one a paper can be neither shown nor told from others.

    Raises:
        RecordError: It is empty.
    """
    if not title:
        raise RecordError("", "has no title")
    return title
