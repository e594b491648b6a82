"""Where the files of ``ontology/`` lie: at the top of a checkout, inside the package in a wheel."""

from pathlib import Path

__all__ = ["ontology_path"]


def ontology_path(*parts: str) -> Path:
    """Locate a file or folder of ``ontology/``, such as ``ontology_path("vocabulary")``."""
    installed = Path(__file__).parent / "_ontology"
    root = installed if installed.is_dir() else Path(__file__).parent.parent / "ontology"
    return root.joinpath(*parts)
