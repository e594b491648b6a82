"""The commented file that ``kg init`` writes."""

import json
from collections.abc import Sequence
from typing import Final

from kg.configuration.keys import KEYS

__all__ = ["template"]

_HEAD: Final = """\
# What holds for kg in this folder and below; options win over it, and kg config shows it all.
# Paths are relative to this file. What stands behind a # is an example; without it the default holds.
"""


def template(inputs: Sequence[str] = ()) -> str:
    """Write a commented configuration: what is in force is the inputs, where there are some, the graph, and ``out``.

    >>> [line for line in template(["library.bib"]).splitlines() if line and line[0] != "#"]
    ['inputs = ["library.bib"]', 'graph = "graph"', 'out = "out"']
    """
    force = {name: KEYS[name].example for name in ("graph", "out")}
    if inputs:
        force["inputs"] = f"[{', '.join(map(_quoted, inputs))}]"
    return _HEAD + "".join(
        f"\n# {key.about}\n" + (f"{name} = {force[name]}\n" if name in force else f"# {name} = {key.example}\n")
        for name, key in KEYS.items()
    )


def _quoted(text: str) -> str:
    """Write a basic string, which is one of JSON but for a character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
