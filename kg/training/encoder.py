# mypy: disallow-subclassing-any=False, warn-unused-ignores=False
"""The encoder in plain torch: a small BERT with a shape table, and one head of begin/inside/outside a type.

Each corpus has its own correction of the heads, so that its habits of marking spans do not blur those of the others.
After a few layers a first head says which words surely lie outside every mention: these go no further, the upper
layers see the others only (as in PoWER-BERT, Goyal et al. 2020, but chosen by the labels, not by attention).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch  # type: ignore[import-not-found]
from torch import nn  # type: ignore[import-not-found]

from kg.errors import RecognitionError

if TYPE_CHECKING:
    from kg.training.tensors import Batch

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
    """Wordpieces, shapes and marks in, begin/inside/outside scores for each type out."""

    def __init__(
        self, sizes: dict[str, int], shapes: int, marks: int, types: int, corpora: int, dropout: float = 0.1
    ) -> None:
        super().__init__()
        width = sizes["hidden_size"]
        self.words = nn.Embedding(sizes["vocab_size"], width)
        self.positions = nn.Embedding(sizes["max_position_embeddings"], width)
        self.shapes = nn.Embedding(shapes, width)
        self.marks = nn.Embedding(marks, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, sizes["num_attention_heads"], sizes["intermediate_size"], dropout)
            for _ in range(sizes["num_hidden_layers"])
        )
        self.head = nn.Linear(width, types * LABELS)
        self.first_head = nn.Linear(width, types * LABELS)
        self.corrections = nn.Embedding(corpora, (width + 1) * types * LABELS)
        nn.init.zeros_(self.corrections.weight)
        nn.init.zeros_(self.marks.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        nn.init.zeros_(self.first_head.weight)
        nn.init.zeros_(self.first_head.bias)

    def embed(self, batch: Batch) -> Any:
        """Return the states before the first layer."""
        positions = torch.arange(batch.pieces.shape[1], device=batch.pieces.device)
        beside = self.positions(positions)[None] + self.shapes(batch.shapes) + self.marks(batch.marks)
        return self.dropout(self.norm(self.words(batch.pieces) + beside))

    def forward(self, batch: Batch, *, corrected: bool, first_layers: int = 0, doubt: float = 0.0) -> tuple[Any, Any]:
        """Return the logits of all pieces and those of the first head, each batch x pieces x (types * 3).

        After ``first_layers`` layers only words go on whose begin or inside is not ``doubt`` below outside.
        """
        states = self.embed(batch)
        for layer in self.layers[:first_layers]:
            states = layer(states, attention_bias(batch.mask))
        first = self.first_head(states)
        mask, places = batch.mask, None
        if first_layers:
            mask, places = chosen_places(undecided(first.detach(), doubt).gather(1, batch.heads) & batch.mask, batch)
            states = states.gather(1, expand(places, states))
        for layer in self.layers[first_layers:]:
            states = layer(states, attention_bias(mask))
        logits = self.head(states)
        if corrected:
            correction = self.corrections(batch.corpora).view(len(states), states.shape[2] + 1, -1)
            logits = logits + torch.bmm(states, correction[:, :-1].to(states.dtype)) + correction[:, None, -1]
        if places is None:
            return logits.float(), first.float()
        kept = torch.where(mask[:, :, None], logits.float(), first.float().gather(1, expand(places, first)))
        return first.float().scatter(1, expand(places, first), kept), first.float()


def attention_bias(mask: Any) -> Any:
    """Return what is added to attention: nothing where a wordpiece stands, much below nothing elsewhere."""
    return torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]


def expand(places: Any, like: Any) -> Any:
    """Return places (batch x chosen) as an index into the second dimension of a third-order tensor."""
    return places[:, :, None].expand(-1, -1, like.shape[2])


def undecided(logits: Any, doubt: float) -> Any:
    """Say of each piece whether begin or inside of any type is at most ``doubt`` below outside."""
    labels = logits.float().unflatten(-1, (-1, LABELS))
    margins = labels[..., 1:].amax(-1) - labels[..., 0]
    return margins.amax(-1) > -doubt


def chosen_places(chosen: Any, batch: Batch) -> tuple[Any, Any]:
    """Return (mask, places), each batch x most chosen: the pieces that go on, in order; the markers always do."""
    chosen = chosen | batch.markers
    most = int(chosen.sum(1).max())
    places = torch.argsort((~chosen).to(torch.int8), dim=1, stable=True)[:, :most]
    return chosen.gather(1, places), places


def load_weights(tagger: Tagger, weights: dict[str, Any], inner: int = 0) -> None:
    """Fill a tagger with the weights of an earlier one; tables that it lacked stay as they are.

    With ``inner`` each feed-forward layer keeps its ``inner`` strongest neurons (by the norms of what goes in and out).

    Raises:
        RecognitionError: the weights are those of another kind of tagger.
    """
    weights = dict(weights)
    for number, layer in enumerate(tagger.layers):
        up, down = f"layers.{number}.up", f"layers.{number}.down"
        if inner and len(weights[f"{up}.bias"]) > inner:
            strength = weights[f"{up}.weight"].norm(dim=1) * weights[f"{down}.weight"].norm(dim=0)
            kept = strength.topk(inner).indices.sort().values
            weights |= {name: weights[name][kept] for name in (f"{up}.weight", f"{up}.bias")}
            weights[f"{down}.weight"] = weights[f"{down}.weight"][:, kept]
        size = len(weights[f"{up}.bias"])
        layer.up, layer.down = nn.Linear(layer.up.in_features, size), nn.Linear(size, layer.up.in_features)
    missing, unknown = tagger.load_state_dict(weights, strict=False)
    if unknown or any(not name.startswith(("first_head", "marks")) for name in missing):
        raise RecognitionError(f"these weights do not fit: {[*unknown, *missing][:3]}")


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
