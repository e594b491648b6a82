"""Records of an XML file, one after the other, in memory that does not grow with the file.

Nothing outside the file is ever read: a DTD is not fetched, entities are not replaced, and a file that declares
entities of its own is refused, since they serve attacks and no format here needs them.
"""

from collections.abc import Callable, Collection, Iterator

from lxml import etree

from kg.errors import InputError, RecordError
from kg.readers.reader import Located
from kg.readers.source import Source
from kg.records import Paper
from kg.text import printable

__all__ = ["read_xml"]

_MEND = "mend the record, or leave bad ones out with --skip-bad"
_WHOLE = "give a whole, well-formed XML file; one that is not UTF-8 must name its encoding in the XML declaration"


def read_xml(
    source: Source,
    on_bad: Callable[[InputError], None],
    tags: Collection[str],
    paper_of: Callable[[etree._Element], Paper],
) -> Iterator[Located]:
    """Yield the papers of the elements named ``tags``, in file order.

    Args:
        source: A file of XML.
        on_bad: Takes the error of each bad record; where the XML itself breaks, what follows cannot be read.
        tags: Names of elements; ``{*}`` stands for any namespace.
        paper_of: Reads one element, and raises `RecordError`.
    """
    number = 0
    with source.open() as file:
        context = etree.iterparse(file, tag=tuple(tags), resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for number, (_, element) in enumerate(context, start=1):
                if number == 1:  # a DTD can only stand before the first
                    _refuse_entities(source, element)
                yield from _located(f"{source.place}, record {number}", element, on_bad, paper_of)
                _forget(element)
        except etree.XMLSyntaxError:
            on_bad(_broken(source, context.error_log, number))
        else:
            if context.root is not None:
                _refuse_entities(source, context.root)


def _located(
    place: str,
    element: etree._Element,
    on_bad: Callable[[InputError], None],
    paper_of: Callable[[etree._Element], Paper],
) -> Iterator[Located]:
    try:
        paper = paper_of(element)
    except RecordError as error:
        on_bad(InputError(place, str(error), _MEND))
    except RecursionError:
        on_bad(InputError(place, "nested too deep", _MEND))
    else:
        yield Located(place, paper)


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_entities(source: Source, element: etree._Element) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    declared = [entity.name for entity in dtd.iterentities()] if dtd is not None else []
    if declared:
        reason = f"declares the entity {declared[0]!r}, which is refused as unsafe"
        raise InputError(source.place, reason, "write the text in place of the entity and drop its declaration")


def _broken(source: Source, log: etree._ListErrorLog, number: int) -> InputError:
    """The first fault, which brings about those that follow; an empty file has none of its own."""
    fault = log[0] if len(log) else None
    line, said = (max(fault.line, 1), printable(fault.message).rstrip(".")) if fault else (1, "no element found")
    after = f" after record {number}" if number else ""
    return InputError(f"{source.place}:{line}", f"not XML{after} ({said})", _WHOLE)
