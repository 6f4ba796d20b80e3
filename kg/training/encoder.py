# mypy: disallow-subclassing-any=False, warn-unused-ignores=False
"""The encoder in plain torch: a small BERT with a shape table, and one head of begin/inside/outside a type.

Each corpus has its own correction of the heads, so that its habits of marking spans do not blur those of the others.
"""

from __future__ import annotations

from typing import Any

import torch  # type: ignore[import-not-found]
from torch import nn  # type: ignore[import-not-found]

LABELS = 3


class SharedDropout(nn.Module):
    """Dropout with one mask for all texts of a batch: drawing a mask for each took an eighth of the time."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, states: Any) -> Any:
        """Return the states with a share of the values set to nothing, while training."""
        if not self.training or not self.share:
            return states
        kept = torch.rand(states.shape[1:]) >= self.share
        return states * (kept.to(states.dtype) / (1.0 - self.share))


class Layer(nn.Module):
    """One transformer layer with the normalisation after each half, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = SharedDropout(dropout)

    def forward(self, states: Any, mask: Any) -> Any:
        """Return the states after attention and feed-forward."""
        batch, length, width = states.shape
        qkv = self.qkv(states).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = qkv.contiguous().unbind(0)
        weights = torch.matmul(query * (width // self.heads) ** -0.5, key.transpose(-1, -2)) + mask.to(qkv.dtype)
        attended = torch.matmul(weights.softmax(-1).to(value.dtype), value)
        attended = attended.transpose(1, 2).reshape(batch, length, width)
        states = self.norm1(states + self.dropout(self.out(attended)))
        raised = nn.functional.gelu(self.up(states))
        return self.norm2(states + self.dropout(self.down(raised)))


class Tagger(nn.Module):
    """Wordpieces and shapes in, begin/inside/outside scores for each type out."""

    def __init__(self, sizes: dict[str, int], shapes: int, types: int, corpora: int, dropout: float = 0.1) -> None:
        super().__init__()
        width = sizes["hidden_size"]
        self.words = nn.Embedding(sizes["vocab_size"], width)
        self.positions = nn.Embedding(sizes["max_position_embeddings"], width)
        self.shapes = nn.Embedding(shapes, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, sizes["num_attention_heads"], sizes["intermediate_size"], dropout)
            for _ in range(sizes["num_hidden_layers"])
        )
        self.head = nn.Linear(width, types * LABELS)
        self.corrections = nn.Embedding(corpora, (width + 1) * types * LABELS)
        nn.init.zeros_(self.corrections.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def encode(self, pieces: Any, shapes: Any, mask: Any) -> Any:
        """Return the last layer's states; ``mask`` is True where a wordpiece stands."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.words(pieces) + self.positions(positions)[None] + self.shapes(shapes)
        states = self.dropout(self.norm(states))
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def forward(self, pieces: Any, shapes: Any, mask: Any, corpora: Any = None) -> Any:
        """Return logits as batch x pieces x (types * 3); ``corpora`` chooses the corrections, None none."""
        states = self.encode(pieces, shapes, mask)
        logits = self.head(states)
        if corpora is not None:
            correction = self.corrections(corpora).view(len(corpora), states.shape[2] + 1, -1)
            logits = logits + torch.bmm(states, correction[:, :-1].to(states.dtype)) + correction[:, None, -1]
        return logits


def load_bert(tagger: Tagger, weights: dict[str, Any]) -> None:
    """Fill the encoder with the weights of a BERT checkpoint; shapes begin as its first token type."""
    with torch.no_grad():
        tagger.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        tagger.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        tagger.shapes.weight.normal_(std=0.005).add_(weights["embeddings.token_type_embeddings.weight"][0])
        _copy(tagger.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(tagger.layers):
            name = f"encoder.layer.{number}"
            for kind, target in (("weight", layer.qkv.weight), ("bias", layer.qkv.bias)):
                parts = [weights[f"{name}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                target.copy_(torch.cat(parts))
            _copy(layer.out, weights, f"{name}.attention.output.dense")
            _copy(layer.norm1, weights, f"{name}.attention.output.LayerNorm")
            _copy(layer.up, weights, f"{name}.intermediate.dense")
            _copy(layer.down, weights, f"{name}.output.dense")
            _copy(layer.norm2, weights, f"{name}.output.LayerNorm")


def _copy(module: Any, weights: dict[str, Any], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
