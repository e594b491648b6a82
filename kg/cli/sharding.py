"""``kg build --shards``: the graph of more papers than one machine should read, in files that engines for them load."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.hints import suggest
from kg.cli.options import note, progress_bar
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import BuildReport
    from kg.settings import Settings
    from kg.sharding import LocalEngine
    from kg.sharding.ray_engine import RayEngine
    from kg.store import GraphDirectory

__all__ = ["ENGINES", "build_into_shards", "check_shard_options", "load_from_shards"]

ENGINES = ("local", "ray")


def check_shard_options(shards: str | None, engine: str, rivals: dict[str, object]) -> None:
    """See that no option is given that shards do not go together with.

    Args:
        shards: What ``--shards`` names.
        engine: What ``--engine`` names.
        rivals: Options that work on a graph, with what was given for them.

    Raises:
        UsageError: One is.
    """
    if shards is None and engine != "local":
        raise UsageError(f"--engine {engine} writes shards; name a folder for them with --shards")
    given = next((name for name, value in rivals.items() if shards is not None and value), None)
    if given:
        raise UsageError(f"--shards writes files, and {given} needs a graph; load them first: kg build --from-shards")


def build_into_shards(
    inputs: Sequence[str],
    shards: str,
    *,
    engine: str,
    workers: int | None,
    reader: str | None,
    base_iri: str | None,
    settings: "Settings",
    skip_bad: bool,
) -> None:
    """Write the graph of papers as shards, and tell what they hold."""
    from kg.namespaces import DATA_IRI
    from kg.sharding import Shards, build_shards

    with _engine(engine, workers) as running:
        report = build_shards(
            inputs,
            Shards(shards),
            reader=reader,
            settings=settings,
            base_iri=base_iri or DATA_IRI,
            skip_bad=skip_bad,
            engine=running,
            progress=progress_bar,
        )
    if report.done:
        note(f"{shards}: {report.done} parts were there, and were not made again")
    if report.bad:
        note(f"{Path(shards) / 'quarantine'}: {report.bad} bad record{'' if report.bad == 1 else 's'}, and why")
    note(f"{shards}: {report.papers} papers, {report.concepts} concepts, {report.claims} claims")
    suggest(f"kg build --from-shards {shards}")


def load_from_shards(shards: str, directory: "GraphDirectory") -> "BuildReport":
    """Add the papers of shards to a graph."""
    from kg.sharding import Shards, load_shards

    return load_shards(Shards(shards), directory, progress=progress_bar)


def _engine(name: str, workers: int | None) -> "LocalEngine | RayEngine":
    if name == "ray":
        from kg.sharding.ray_engine import RayEngine

        return RayEngine()
    from kg.pipeline import room
    from kg.sharding import LocalEngine

    return LocalEngine(room() if workers is None else workers)
