"""The tagger as a PyTorch module: a small BERT encoder that also hears the rules' signals, and one linear layer."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface, BertModel
from transformers.masking_utils import eager_mask

__all__ = ["Network"]


def _attention(
    module: nn.Module,  # noqa: ARG001 - asked for by transformers
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None,
    *,
    scaling: float,
    **_: object,
) -> tuple[Tensor, None]:
    """Attend without ever leaving the precision of the weights: on a CPU the casts cost more than the products."""
    scores = torch.matmul(query * scaling, key.transpose(2, 3))
    if mask is not None:
        scores = scores + mask.to(scores.dtype)
    return torch.matmul(torch.softmax(scores, dim=-1), value).transpose(1, 2).contiguous(), None


AttentionInterface.register("kg_plain", _attention)
AttentionMaskInterface.register("kg_plain", eager_mask)  # without it the padding would be read as text


class Network(nn.Module):
    """Scores each word piece.

    Args:
        encoder: Start weights, a folder as `transformers` writes it.
        signals: Columns of the signals.
        width: Columns of the answer.
    """

    def __init__(self, encoder: Path, signals: int, width: int) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            str(encoder),
            add_pooling_layer=False,
            attn_implementation="kg_plain",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        size = self.encoder.config.hidden_size
        self.heard = nn.Linear(signals, size, bias=False)
        nn.init.normal_(self.heard.weight, std=0.01)
        self.drop = nn.Dropout(0.1)
        self.answer = nn.Linear(size, width)

    def forward(self, pieces: Tensor, signals: Tensor, mask: Tensor | None = None) -> Tensor:
        """Give logits: texts x pieces x width.

        Args:
            pieces: Ids, texts x pieces.
            signals: Texts x pieces x columns.
            mask: Ones where there is text, texts x pieces; None where there is no padding.
        """
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.heard(signals)
        if mask is None:
            mask = torch.ones_like(pieces)
        read = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.answer(self.drop(read))
