"""A trained network as the files that `kg.extraction.tagger.model` reads."""

import json
import tempfile
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.extraction.judge import Judge
from kg.extraction.tagger.model import CARD, NETWORK, PIECES, layout_digest
from kg.extraction.tagger.signals import SIGNALS
from kg.files import write_files
from kg.training.examples import WINDOW
from kg.training.network import Network

__all__ = ["packed", "save_model"]

_OPSET: Final = 17


def save_model(network: Network, judge: Judge, pieces: Path, folder: Path, *, made: dict[str, Any]) -> None:
    """Write a model whole: the network, the word pieces, and a description with the hashes of both.

    Args:
        network: In evaluation mode.
        judge: Measured on texts that a like network did not learn from.
        pieces: The encoder's ``tokenizer.json``.
        folder: Where to; a model that lies there is replaced.
        made: How the model was made, kept in the description.

    Raises:
        OutputError: The folder cannot be written; a model that lies there is untouched.
    """
    files = {NETWORK: packed(network), PIECES: _plain_pieces(pieces)}
    card = {
        "layout": layout_digest(),
        "window": WINDOW,
        "sha256": {name: sha256(data).hexdigest() for name, data in files.items()},
        "judge": judge.to_json(),
        "made": made,
    }
    files[CARD] = (json.dumps(card, indent=1) + "\n").encode()
    write_files({folder / name: data for name, data in files.items()})


def packed(network: Network) -> bytes:
    """Make ONNX of a network, its weights of 8 bits with a scale for each output of a layer."""
    example = (torch.full((1, 8), 100), torch.zeros(1, 8, len(SIGNALS)))
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own successor
        whole, small = Path(scratch, "whole.onnx"), Path(scratch, NETWORK)
        torch.onnx.export(
            network,
            example,
            str(whole),
            input_names=["pieces", "signals"],
            output_names=["logits"],
            dynamic_axes={name: {0: "texts", 1: "pieces"} for name in ("pieces", "signals", "logits")},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
        return small.read_bytes()


def _plain_pieces(source: Path) -> bytes:
    """Keep the vocabulary and the rules of cutting; how to pad and where to cut is the tagger's own business."""
    raw = json.loads(source.read_text(encoding="utf-8"))
    raw["truncation"] = raw["padding"] = None
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()
