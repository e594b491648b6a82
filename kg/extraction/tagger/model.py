"""A trained tagger on disk: its network, its word pieces, and what was measured when it was made."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.extraction.judge import Judge
from kg.extraction.pairing import PAIR_TRAITS
from kg.extraction.tagger.labels import HEADS, WIDTH
from kg.extraction.tagger.pairs import PAIR_WIDTH, PAIRS, RANK
from kg.extraction.tagger.pieces import windows
from kg.extraction.tagger.reading import Reading
from kg.extraction.tagger.signals import SIGNALS, heard, signals
from kg.extraction.traits import ENTITY_TRAITS, ROLE_TRAITS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

__all__ = ["CARD", "NETWORK", "PIECES", "Tagger", "layout_digest", "load_tagger", "shipped_model"]

NETWORK: Final = "tagger.onnx"
PIECES: Final = "tokenizer.json"
CARD: Final = "model.json"

_WINDOWS: Final = range(26, 513)
"""From the longest word with a sign before and behind it to what the encoder has places for."""
_REMEDY: Final = "install kg anew, or make the model with kg train"


@dataclass(frozen=True)
class Tagger:
    """Reads a document word by word.

    Args:
        folder: Where the files lie.
        digest: Hash of all of them.
        window: Word pieces that are read at once.
        judge: What was measured of it on texts it did not learn from.
    """

    folder: Path
    digest: str
    window: int
    judge: Judge

    def read(self, doc: "Doc", guideline: str = "kg") -> Reading:
        """Read a document under a guideline.

        A token that the network does not see, such as a line break, is outside everything. Each window is run by
        itself, so that no neighbour can change a figure.
        """
        found = Reading.unread(len(doc))
        rows = signals(doc, guideline)
        for window in windows(doc, self._tokenizer, self.window):
            logits = self._logits(window.pieces, heard(rows, window))
            found.add(window.tokens[window.first], logits[window.first])
        return found

    def _logits(self, pieces: NDArray[np.int64], signals_heard: NDArray[np.float32]) -> NDArray[np.float32]:
        session = self._session
        with _usable(self.folder / NETWORK):
            (logits,) = session.run(None, {"pieces": pieces[None], "signals": signals_heard[None]})
            return np.asarray(logits, dtype=np.float32).reshape(len(pieces), WIDTH + PAIR_WIDTH)

    @cached_property
    def _session(self) -> "InferenceSession":
        import onnxruntime  # noqa: PLC0415 - loaded when the first text is read

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # sums in one order, whatever the machine
        options.log_severity_level = 3
        network = self.folder / NETWORK
        with _usable(network):
            return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer  # noqa: PLC0415 - as above

        with _usable(self.folder / PIECES):
            tokenizer = Tokenizer.from_file(str(self.folder / PIECES))
            tokenizer.encode(["\N{SNOWMAN}"], is_pretokenized=True)  # fails where no piece stands for the unknown
            if None in map(tokenizer.token_to_id, ("[CLS]", "[SEP]")):
                raise ValueError("the signs of start and end are missing")
            return tokenizer


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Say in one line that a library cannot use a file; the libraries' own errors have no base but `Exception`."""
    try:
        yield
    except Exception as error:
        raise ModelError(str(path), "the file is nothing that kg can read texts with", _REMEDY) from error


def shipped_model() -> Path:
    """Locate the model that comes with `kg`."""
    return Path(__file__).parent / "shipped"


@lru_cache(maxsize=2)
def load_tagger(folder: Path) -> Tagger:
    """Open a model; its network is loaded when the first text is read.

    Raises:
        ModelError: A file is missing or damaged, or the model was made for another version of `kg`.
    """
    try:
        raw = (folder / CARD).read_bytes()
        return _described(folder, json.loads(raw), sha256(raw).hexdigest())
    except OSError as error:
        raise ModelError(str(folder), f"no model lies here ({error.strerror})", _REMEDY) from error
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        reason = f"the description of the model is damaged ({type(error).__name__}: {error})"
        raise ModelError(str(folder / CARD), reason, _REMEDY) from error


def _described(folder: Path, card: dict[str, Any], digest: str) -> Tagger:
    """Open the model that a card describes; a card can be wrong in as many ways as JSON."""
    if card["layout"] != layout_digest():
        raise ModelError(str(folder), "the model was made for another version of kg", _REMEDY)
    for name in (NETWORK, PIECES):
        if _hash(folder / name) != card["sha256"][name]:
            raise ModelError(str(folder / name), "the file is damaged: it is not the one described", _REMEDY)
    if card["window"] not in _WINDOWS:
        raise ValueError(f"window should be a number from {_WINDOWS.start} to {_WINDOWS.stop - 1}")
    judge = Judge.from_json(card["judge"], traits=ENTITY_TRAITS, role_traits=ROLE_TRAITS, pair_traits=PAIR_TRAITS)
    return Tagger(folder, digest, int(card["window"]), judge)


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(str(path), f"the file cannot be read ({error.strerror})", _REMEDY) from error


def layout_digest() -> str:
    """Hash what the columns of a network's input and output stand for."""
    return sha256(json.dumps([SIGNALS, list(HEADS.items()), PAIRS, RANK]).encode()).hexdigest()
