"""What a project repeats: ``kg.toml``, or the table ``tool.kg`` of ``pyproject.toml``.

The nearest file counts, from the current folder upwards; the two are never mixed. Every value is checked when the
file is read, and every fault has its line. Paths are relative to the file.
"""

from kg.configuration.keys import KEYS, Key, VocabularyFile
from kg.configuration.reading import FILE, Configuration, find_configuration, read_configuration
from kg.configuration.template import template

__all__ = [
    "FILE",
    "KEYS",
    "Configuration",
    "Key",
    "VocabularyFile",
    "find_configuration",
    "read_configuration",
    "template",
]
