"""Build the sample graph into ``exports/`` and say what is in it; ``--check`` compares instead of writing.

The check leaves out confidences and coordinates, which may differ from one kind of processor to another.
"""

import base64
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

from kg.store import GraphDirectory

ROOT = Path(__file__).parent.parent
SAMPLE = Path("examples", "author-page.txt")
DECISIONS = ROOT / "examples" / "author-page.decisions.sssom.tsv"
EXPORTS = ROOT / "exports"
KG = str(Path(sys.executable).with_name("kg"))

QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "What does the paper on rib fractures propose, and of which parts is it made?",
        "proposals-and-their-parts",
        {"paper": "Deep Omni-supervised Learning for Rib Fracture Detection from Chest Radiology Images"},
    ),
    ("Which papers work on lung disease, of whatever kind?", "papers-by-disease", {"disease": "lung disease"}),
    ("Which datasets are used, and by whom?", "datasets-and-their-users", {}),
)

README = """\
# What `make demo` makes

`graph.ttl`, `graph.trig` and `graph.html` are the graph of `examples/author-page.txt`: one person's page of 38
papers. Titles, authors, dates, categories and code flags are those of the papers. **The abstracts are retold for
this example; they are not the authors' words**, and nothing here should be quoted as theirs. The graph says so too:
each text is a `dcterms:description` with a `kg:abstractNote`, not a `dcterms:abstract`. Where no rule can tell that
two names are one concept, people decided: `examples/author-page.decisions.sssom.tsv`, made with `kg same`.

- `graph.html` opens from disk in any current browser, without the network: search or ask, read the sentence behind
  each claim, follow the map, compare papers and methods, see who leads on which dataset, and take along what you find;
- `graph.ttl` is the union of all graphs, `graph.trig` keeps one graph per paper apart.

![What is in the graph, as a reader first sees it](overview.png)

![The map: papers, and the concepts they share](graph.png)

![Which methods target rib fracture, and the sentences that say so](question.png)

![Three methods side by side; what they share is marked](comparison.png)

## What is in it

{stats}
## Three answers

{answers}This page is written by `make demo`, the picture by `make picture`.
"""


def run(*arguments: str) -> str:
    """Run ``kg`` in the repository and return what it prints."""
    done = subprocess.run([KG, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


def make(graph: Path, out: Path) -> str:
    """Build the sample into ``out``, by the decisions made about it, and return what was found."""
    graph.mkdir()
    shutil.copyfile(DECISIONS, GraphDirectory(graph).decisions_path)
    run("build", str(SAMPLE), "-g", str(graph), "--out", str(out))
    stats = run("stats", "-g", str(graph))
    answers = "".join(_answer(graph, *question) for question in QUESTIONS)
    text = README.format(stats=_indented(stats), answers=answers)
    (out / "README.md").write_text(text, encoding="utf-8")
    return stats


def _answer(graph: Path, question: str, name: str, bindings: dict[str, str]) -> str:
    """A question, the command that asks it, and its answer as a Markdown table, IRIs left out."""
    settings = [part for variable, value in bindings.items() for part in ("--set", f"{variable}={value}")]
    typed = "".join(f' --set {variable}="{value}"' for variable, value in bindings.items())
    answer = json.loads(run("query", "-g", str(graph), "--name", name, *settings, "--format", "json"))
    rows = answer["results"]["bindings"]
    columns = [one for one in answer["head"]["vars"] if any(row.get(one, {}).get("type") == "literal" for row in rows)]
    lines = [columns, ["---"] * len(columns)]
    lines += [[row.get(one, {}).get("value", "").replace("|", "\\|") for one in columns] for row in rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"### {question}\n\n    kg query -g exports/graph.ttl --name {name}{typed}\n\n{table}\n\n"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def comparable(path: Path) -> str:
    """A file's text without confidences and coordinates."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        return re.sub(r'(<script type="text/plain" id="[^"]*">)([^<]*)', _plain_block, text)
    return re.sub(r"(kg:confidence) \S+", r"\1 _", text)


def _plain_block(match: re.Match[str]) -> str:
    """A data block of the page, unpacked, without coordinates and confidences."""
    head, body = match.groups()
    data: Any = json.loads(zlib.decompress(base64.b64decode(body)))
    for name in ("x", "y"):
        data.get("nodes", {}).pop(name, None)
    data.get("statements", {}).pop("confidence", None)
    for result in data.get("results", []):
        result[4] = None
    return f"{head}{json.dumps(data)}"


def check() -> int:
    """Compare ``exports/`` with what the demo makes now; 1 where they differ."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        make(Path(folder, "graph"), out)
        stale = [path.name for path in sorted(out.iterdir()) if differs(path, EXPORTS / path.name)]
    if stale:
        print(f"exports/ is not what `make demo` makes: {', '.join(stale)}; run make demo and commit")
    return 1 if stale else 0


def differs(new: Path, committed: Path) -> bool:
    """Tell whether a file differs from the committed one in more than confidences and coordinates."""
    return not committed.exists() or comparable(new) != comparable(committed)


def main() -> int:
    """Make the exports, or check them."""
    if "--check" in sys.argv[1:]:
        return check()
    with tempfile.TemporaryDirectory() as folder:
        stats = make(Path(folder, "graph"), EXPORTS)
    print(stats)
    print("Open exports/graph.html in a browser, read exports/README.md, or ask:")
    print("    .venv/bin/kg query -g exports/graph.ttl --list")
    return 0


if __name__ == "__main__":
    sys.exit(main())
