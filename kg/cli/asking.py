"""Commands that read a graph: ``query``, ``why``, ``validate``, ``stats``."""

import re
import shutil
import sys
from itertools import islice
from pathlib import Path

import click

from kg.cli.hints import is_walk, suggest
from kg.cli.options import GRAPH, OUTPUT, PATH, interruptible, note, write_output
from kg.errors import UsageError

__all__ = ["query", "stats", "validate", "why"]

_QUESTIONS = (1, 3)
"""How many arguments ``why`` takes: a result, or the parts of a claim."""
_SHOWN = 10
"""How many claims, and papers of each, ``why`` shows to people."""


@click.command()
@click.argument("text", metavar="[QUERY]", required=False)
@GRAPH
@click.option("-f", "--file", "file", metavar="FILE", type=PATH, help="Read the query from FILE.")
@click.option("--name", metavar="NAME", help="Ask a named query; --list shows them.")
@click.option(
    "--set", "settings", metavar="VAR=VALUE", multiple=True, help="Bind a variable to an IRI or a name; repeatable."
)
@click.option("--list", "list_them", is_flag=True, help="List the named queries with their questions.")
@click.option(
    "--format",
    "result_format",
    type=click.Choice(["table", "json", "csv", "tsv", "xml", "turtle"]),
    default="table",
    show_default=True,
    help="Of the answer; turtle for CONSTRUCT and DESCRIBE.",
)
@OUTPUT
def query(
    text: str | None,
    graph: Path,
    file: Path | None,
    name: str | None,
    settings: tuple[str, ...],
    list_them: bool,
    result_format: str,
    output: Path | None,
) -> None:
    """Ask GRAPH in SPARQL, over all papers at once.

    The usual prefixes (kg, skos, dcterms, prov, oa ...) need not be declared.

    \b
    Example:
        kg query --list
        kg query --name papers-by-disease --set disease="breast cancer"
        kg query "SELECT ?paper { ?paper kg:hasCode ?code }" --format csv
    """
    from kg.queries import check_variables, find_node, named_queries, named_query
    from kg.queries.table import format_table
    from kg.store import open_graph

    if list_them:
        for one in named_queries():
            variables = "".join(f" [?{variable}]" for variable in one.variables)
            click.echo(f"{one.name}{variables}\n    {one.question}")
        return
    if sum(given is not None for given in (text, file, name)) != 1:
        raise UsageError("give one of QUERY, -f FILE or --name NAME; see: kg query --help")
    bindings = dict(map(_setting, settings))
    if name is not None:
        check_variables(named_query(name), bindings)
    elif text in {one.name for one in named_queries()}:
        raise UsageError(f"{text} is the name of a query; ask it with: kg query --name {text}")
    sparql = named_query(name).text if name else text if text is not None else _read_query(file)
    on_terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else None

    def ask() -> bytes:
        opened = open_graph(graph)
        nodes = {variable: find_node(opened, value, variable=variable) for variable, value in bindings.items()}
        answer = opened.query(sparql, nodes)
        if result_format == "table":
            return format_table(answer, width=width).encode()
        return answer.serialize(result_format)

    write_output(interruptible(ask), output)
    if name and result_format == "table" and output is None and is_walk():
        suggest("kg table")


def _read_query(file: Path | None) -> str:
    if file is None:
        raise UsageError("give a query; see: kg query --help")
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8; save the query as UTF-8") from error


def _setting(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"\s*[?$]?(\w+)\s*=\s*(\S.*?)\s*", text)
    if match is None:
        raise UsageError(f"--set {text}: VAR=VALUE is expected, such as disease=glaucoma")
    return match[1], match[2]


@click.command()
@click.argument("parts", metavar="SUBJECT PREDICATE OBJECT | RESULT", nargs=-1, required=True)
@GRAPH
@click.option(
    "--format",
    "result_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Of the answer.",
)
@click.option("--json", "result_format", flag_value="json", help="The same as --format json.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    help="How many claims, and papers of each, to show; 0 for all.  [default: 10; in JSON, all]",
)
@click.pass_context
def why(context: click.Context, parts: tuple[str, ...], graph: Path, result_format: str, limit: int | None) -> None:
    """Show the sentences and offsets behind a claim, and whether they assert, deny or suppose it.

    Each part is a name, an IRI, or ? for anything. Alone stands the IRI of a result, or of an assertion. Offsets count
    the characters of title, line break and abstract, from 0; the end is not part of it. The exit status is 1 if GRAPH
    has no such claim.

    \b
    Example:
        kg why BrookNet "based on" U-Net
        kg why "BrookNet: Lung Nodule Segmentation in Chest CT" kg:proposes BrookNet --json
        kg why BrookNet ? ?
        kg why https://example.org/kg/id/paper/pmid/1/result/1
    """
    from kg.queries.why import as_json, as_text, claims_asked_for, claims_at, read_question, say_what_there_is
    from kg.store import open_graph

    if len(parts) not in _QUESTIONS:
        raise UsageError(f"{len(parts)} arguments are given; give SUBJECT PREDICATE OBJECT, or the IRI of a result")
    opened = open_graph(graph)
    most = (_SHOWN if limit is None and result_format == "text" else limit) or None
    if len(parts) == 1:
        claims = claims_at(opened, *parts, most)
    else:
        question = read_question(opened, *parts)
        found = claims_asked_for(opened, question, most)
        claims = list(islice(found, most))
        if not claims:
            note(say_what_there_is(opened, question))
            context.exit(1)
        if next(found, None) is not None:
            note(f"only the first {most} claims are shown; see them all with --limit 0")
    write = as_json if result_format == "json" else as_text
    write_output(write(claims).encode(), None)


@click.command()
@click.argument("path", metavar="[PATH]", type=PATH, default=Path("graph"))
@click.option(
    "--evidence", is_flag=True, help="Check that what is quoted stands in the papers' texts, and nothing else."
)
@click.pass_context
def validate(context: click.Context, path: Path, evidence: bool) -> None:
    """Check PATH, a graph directory (by default graph) or an RDF file, against the SHACL shapes.

    With --evidence, every sentence, mention and printed value is looked for in the text of its paper at its offsets
    instead. The exit status is 1 if something is wrong.

    \b
    Example:
        kg validate graph
        kg validate exports/graph.ttl
        kg validate --evidence
    """
    from kg.queries.quotes import misquotes
    from kg.store import open_graph
    from kg.store.validation import validate as find_violations

    graph, faults = open_graph(path), 0
    for fault in misquotes(graph) if evidence else find_violations(graph.quads()):
        click.echo(str(fault))
        faults += 1
    right, wrong = ("every quote stands in its text", "misquotes") if evidence else ("valid", "violations")
    note(f"{path}: {f'{faults} {wrong}' if faults else right}")
    context.exit(1 if faults else 0)


@click.command()
@GRAPH
def stats(graph: Path) -> None:
    """Count what is in GRAPH.

    \b
    Example:
        kg stats -g graph
    """
    from kg.queries.counts import count
    from kg.store import open_graph

    for what, number in count(open_graph(graph)).items():
        click.echo(f"{number:>9,}  {what}")
