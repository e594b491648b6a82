"""The command that asks services for papers: ``fetch``."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import __version__
from kg.cli.options import OUTPUT, PATH, FiniteRange, note, write_output
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.fetching import Asker, Service
    from kg.records import Paper

__all__ = ["fetch"]

_SERVICES = ("arxiv", "pubmed", "openalex", "crossref")


def _contact(ctx: click.Context, param: click.Parameter, contact: str | None) -> str | None:
    if contact is not None and not (contact.isascii() and contact.isprintable() and "@" in contact.strip("@")):
        raise click.BadParameter(f"{contact!r} is no mail address.", ctx, param)
    return contact


def _base_url(ctx: click.Context, param: click.Parameter, url: str | None) -> str | None:
    if url is not None and not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{url!r} does not begin with http:// or https://.", ctx, param)
    return url


@click.command()
@click.argument("service", type=click.Choice(_SERVICES), metavar="SERVICE")
@click.option("--id", "ids", metavar="ID", multiple=True, help="An id of a paper; can be given again.")
@click.option("--ids", "file", metavar="FILE", help="A file of ids, one a line, or - for standard input.")
@click.option("--query", metavar="TEXT", help="What to search for, in the service's own language.")
@click.option("--author", metavar="NAME", help="An author's name or ORCID.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Fetch so many papers at most.")
@click.option(
    "--contact",
    metavar="MAIL",
    envvar="KG_CONTACT",
    callback=_contact,
    help="Your mail address, for the service to write to.  [default: KG_CONTACT of the environment]",
)
@click.option(
    "--max-age",
    metavar="DAYS",
    type=FiniteRange(0, 36_500),
    default=7,
    show_default=True,
    help="Ask anew what was answered longer ago.",
)
@click.option("--cache", metavar="DIR", type=PATH, help="Where answers are kept.  [default: the user's cache]")
@click.option(
    "--timeout",
    metavar="S",
    type=FiniteRange(0.01, 3600),
    default=60,
    show_default=True,
    help="Seconds without a sign of life after which a request is given up and sent again.",
)
@click.option("--base-url", metavar="URL", callback=_base_url, help="Ask this mirror of the service, without a key.")
@click.option(
    "--interval", metavar="S", type=FiniteRange(0, 3600), help="Seconds between requests.  [default: by its rules]"
)
@OUTPUT
def fetch(
    service: str,
    ids: tuple[str, ...],
    file: str | None,
    query: str | None,
    author: str | None,
    limit: int | None,
    contact: str | None,
    max_age: float,
    cache: Path | None,
    timeout: float,
    base_url: str | None,
    interval: float | None,
    output: Path | None,
) -> None:
    """Fetch papers from a SERVICE, as JSON Lines for kg build.

    SERVICE is arxiv, pubmed, openalex or crossref. Answers are kept: run again, an interrupted fetch goes on where
    it stopped. Keys are read from NCBI_API_KEY and OPENALEX_API_KEY of the environment.

    \b
    Example:
        kg fetch arxiv --query "kidney stone segmentation" --limit 50 -o papers.jsonl
        kg fetch pubmed --ids pmids.txt --contact ada@example.org -o papers.jsonl
        kg fetch openalex --author 0000-0002-1825-0097 -o papers.jsonl
    """
    from kg.fetching import SERVICES, Wanted
    from kg.fetching import fetch as fetch_papers
    from kg.records import encode

    named = (*ids, *(_ids_of(file) if file is not None else ()))
    if (ids or file is not None) and (query or author):
        raise UsageError("ids name the papers; leave out --query and --author, or ask for those alone")
    if file is not None and not named:
        raise InputError(file, "holds no id", "give one id a line")
    asked = SERVICES[service]
    ask = _asker(asked, contact, cache, max_age, timeout, base_url, interval)
    found = fetch_papers(asked, Wanted(named, query, author), ask, limit=limit, on_note=note)
    lines = [f"{encode(paper)}\n" for paper in _counted(found)]
    write_output("".join(lines).encode(), output)
    note(f"{asked.title}: {len(lines)} papers")


def _ids_of(file: str) -> list[str]:
    """Read a file of ids; empty lines are passed over."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not UTF-8"
        raise InputError(file, reason, "give a text file with one id a line") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _asker(
    service: "Service",
    contact: str | None,
    cache: Path | None,
    max_age: float,
    timeout: float,
    base_url: str | None,
    interval: float | None,
) -> "Asker":
    """Put together what asks: a key goes to the service itself only, never to a mirror."""
    from kg.fetching import Asker, Cache, Client

    key = _key(service, os.environ) if base_url is None else None
    by_rules = service.keyed_interval if key and service.keyed_interval else service.interval
    identity = {service.contact: contact} if service.contact and contact else {}
    identity |= {service.tool: "kg"} if service.tool else {}
    agent = f"kg/{__version__} ({f'mailto:{contact}' if contact else 'no contact given'})"
    client = Client(
        agent, interval=by_rules if interval is None else interval, timeout=timeout, identity=identity, key=key
    )
    return Asker(base_url or service.url, client, Cache(cache or _default_cache(), max_age), note)


def _key(service: "Service", environment: Mapping[str, str]) -> tuple[str, str] | None:
    if service.key is None:
        return None
    parameter, variable = service.key
    value = environment.get(variable, "").strip()
    return (parameter, value) if value else None


def _default_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("kg", appauthor=False) / "fetch"


def _counted(papers: "Iterable[Paper]") -> "Iterable[Paper]":
    if not sys.stderr.isatty():
        return papers
    from tqdm import tqdm

    return tqdm(papers, unit="paper", desc="fetching", leave=False)
