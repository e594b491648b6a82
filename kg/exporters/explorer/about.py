"""What the page says of itself: how it was made, by whom it was read, of what date, and under which licence.

The date is that of the newest paper, which tells how far the graph reaches, and that of the release, where there is
one. The day on which the page was made is left out: it tells nothing of the graph, and the same graph would no longer
give the same bytes.
"""

from collections import Counter
from typing import Final, NamedTuple

from kg import __version__
from kg.exporters.picture.facts import Json
from kg.exporters.picture.making import Picture
from kg.namespaces import DCTERMS
from kg.store import Graph

__all__ = ["Published", "tell_about"]

_COMMAND: Final = "kg export html"
_RUNS: Final = """
SELECT DISTINCT ?name ?version ?configuration ?vocabulary ?model WHERE {
  ?run a kg:ExtractionActivity ; prov:wasAssociatedWith ?software .
  ?software schema:name ?name ; schema:softwareVersion ?version .
  OPTIONAL { ?run kg:configurationHash ?configuration }
  OPTIONAL { ?run kg:vocabularyHash ?vocabulary }
  OPTIONAL { ?run kg:modelHash ?model }
}"""


class Published(NamedTuple):
    """What a publisher says of a release: its date in ISO 8601, and the address of its licence."""

    date: str
    licence: str


def tell_about(graph: Graph, picture: Picture, published: Published | None) -> dict[str, Json]:
    """Collect what the page says of itself; runs and licences are in order."""
    papers = [node.facts for node in picture.nodes if node.type == "Paper"]
    dates = sorted(facts[DCTERMS.issued.value][0] for facts in papers if DCTERMS.issued.value in facts)
    licences = Counter(licence for facts in papers for licence in facts.get(DCTERMS.license.value, ()))
    return {
        "version": __version__,
        "command": _COMMAND,
        "papers": len(papers),
        "oldest": dates[0] if dates else None,
        "newest": dates[-1] if dates else None,
        "licences": [[licence, number] for licence, number in sorted(licences.items())],
        "unlicensed": sum(DCTERMS.license.value not in facts for facts in papers),
        "runs": [[*run] for run in sorted(graph.texts(_RUNS))],
        "published": published._asdict() if published else None,
    }
