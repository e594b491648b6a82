"""The command that makes the learned model anew."""

from pathlib import Path

import click

from kg.cli.options import PATH, note

__all__ = ["train"]


@click.command()
@click.argument("corpora", metavar="CORPORA", type=PATH)
@click.option("-o", "--out", metavar="DIR", type=PATH, required=True, help="Write the model to this folder.")
def train(corpora: Path, out: Path) -> None:
    """Make the learned model anew from the folder CORPORA; takes more than an hour on two cores.

    CORPORA holds corpus/, public/ and text/, as the model card says. Needs the extra: pip install "kg[train]".

    \b
    Example:
        kg train ../shared -o model
        kg extract papers.jsonl --model model
    """
    from kg.errors import UsageError
    from kg.files import check_writable

    check_writable(out / "model.json")
    try:
        from kg.training.encoder import minilm
        from kg.training.recipe import train as make
    except ImportError as error:
        raise UsageError(f'kg train needs {error.name}, which is not installed; run pip install "kg[train]"') from error
    make(corpora, out, encoder=minilm(), report=note)
