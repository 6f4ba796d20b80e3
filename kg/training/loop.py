"""The training loop: resumable, seeded, with a checkpoint every few minutes and figures on held-out documents."""

from __future__ import annotations

import json
import logging
import random
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from kg.errors import RecognitionError
from kg.recognition.model_decoding import log_probabilities, spans_of
from kg.recognition.model_features import SHAPE_COUNT
from kg.recognition.model_marks import MARK_COUNT, TYPES
from kg.training.encoder import Tagger, load_bert
from kg.training.examples import MASKED, batches_of, sample
from kg.training.scores import Tally, gold_spans
from kg.training.tensors import loss_of, tensors_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.training.examples import Example
    from kg.training.recipe import Recipe
    from kg.training.scores import Figures

_LOG = logging.getLogger("kg.training")
_REPORT_EVERY = 50


def make_tagger(encoder: Path, recipe: Recipe, corpora: int) -> Tagger:
    """Return a tagger with the weights of a pre-trained encoder (a folder with config.json, model.safetensors).

    Raises:
        RecognitionError: the folder holds no such model.
    """
    from safetensors.torch import load_file  # type: ignore[import-not-found, unused-ignore]

    try:
        sizes = json.loads((encoder / "config.json").read_text(encoding="utf-8"))
        weights = load_file(encoder / "model.safetensors")
    except (OSError, json.JSONDecodeError) as error:
        raise RecognitionError(f"no encoder in {encoder}: {error}; run `make train-env`") from error
    sizes["num_hidden_layers"] = recipe.layers
    tagger = Tagger(sizes, SHAPE_COUNT, MARK_COUNT, len(TYPES), corpora, recipe.dropout)
    load_bert(tagger, weights)
    return tagger


def parameter_groups(tagger: Tagger, recipe: Recipe) -> list[dict[str, Any]]:
    """Return optimiser groups: lower layers learn slower, biases and norms do not decay."""
    groups: list[dict[str, Any]] = []
    for name, parameter in tagger.named_parameters():
        if name.startswith(("head", "first_head", "corrections")):
            rate = recipe.head_rate / 4 if name.startswith("corrections") else recipe.head_rate
        elif name.startswith("layers."):
            rate = recipe.rate * recipe.layer_decay ** (recipe.layers - 1 - int(name.split(".")[1]))
        else:
            rate = recipe.rate * recipe.layer_decay**recipe.layers
            rate = recipe.head_rate if name.startswith(("shapes", "marks")) else rate
        decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "base": rate, "weight_decay": decay})
    return groups


def evaluate(
    tagger: Tagger,
    examples: Iterable[Example],
    corpora: Mapping[str, int],
    *,
    corrected: bool,
    first_layers: int = 0,
    doubt: float = 0.0,
) -> dict[str, Figures]:
    """Return strict figures by corpus and type on examples with gold labels."""
    tagger.eval()
    tally = Tally()
    for batch_examples in batches_of(list(examples), 8192, random.Random(0)):  # noqa: S311
        batch = tensors_of(batch_examples, corpora)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits, _ = tagger(batch, corrected=corrected, first_layers=first_layers, doubt=doubt)
        scores = logits.numpy()
        for row, example in enumerate(batch_examples):
            word_scores = scores[row, list(example.firsts)].reshape(len(example.firsts), len(TYPES), 3)
            _count(tally, example, log_probabilities(word_scores))
    tagger.train()
    return tally.figures()


def _count(tally: Tally, example: Example, scores: Any) -> None:
    spans = spans_of(scores)
    labels = np.asarray(example.labels)
    for kind, name in enumerate(TYPES):
        column = labels[:, kind]
        if (column == MASKED).all():
            continue
        gold = gold_spans(column.tolist())
        found = {
            (span.first, span.last)
            for span in spans
            if span.type == kind and (column[span.first : span.last] != MASKED).all()
        }
        tally.add(f"{example.corpus}/{name}", found, gold)


class Run:
    """One training run in a folder, which holds its checkpoint and its log."""

    def __init__(self, tagger: Tagger, recipe: Recipe, folder: Path, corpora: Mapping[str, int]) -> None:
        self.tagger, self.recipe, self.folder, self.corpora = tagger, recipe, folder, corpora
        self.optimizer = torch.optim.AdamW(parameter_groups(tagger, recipe), betas=(0.9, 0.98), eps=1e-6)
        self.epoch = self.step = self.position = 0
        self.spent = 0.0
        self.began = self.saved = time.monotonic()
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "checkpoint.pt").exists():
            self._resume()

    def train(self, train: Sequence[Example], held_out: Sequence[Example]) -> None:
        """Train to the end of the recipe, from the last checkpoint if there is one."""
        total = 0
        for epoch in range(self.recipe.epochs):
            batches = self._batches(train, epoch)
            total = total or len(batches) * self.recipe.epochs
            if epoch < self.epoch:
                continue
            self._epoch(batches[self.position :], total)
            if self.progress(total) >= 1:
                break
            self.epoch, self.position = epoch + 1, 0
            self._save()
            if self.epoch in self.recipe.kept_epochs:
                torch.save(self.tagger.state_dict(), self.folder / f"epoch-{self.epoch}.pt")
            self._report(self._evaluated(held_out, corrected=False))
        torch.save(self.tagger.state_dict(), self.folder / "final.pt")
        for corrected in (False, True):
            self._report(self._evaluated(held_out, corrected=corrected))

    def _evaluated(self, held_out: Sequence[Example], *, corrected: bool) -> dict[str, Figures]:
        depth, doubt = self.recipe.first_layers, self.recipe.doubt[1]
        return evaluate(self.tagger, held_out, self.corpora, corrected=corrected, first_layers=depth, doubt=doubt)

    def progress(self, total: int) -> float:
        """Return how much of the run is done, by time if the recipe has a time, else by steps."""
        if self.recipe.minutes:
            return (self.spent + time.monotonic() - self.began) / (60 * self.recipe.minutes)
        return self.step / max(1, total)

    def _batches(self, train: Sequence[Example], epoch: int) -> list[list[Example]]:
        generator = random.Random(self.recipe.seed * 1000 + epoch)  # noqa: S311
        chosen: list[Example] = []
        for name in self.corpora:
            share = self.recipe.shares.get(name, 0.0)
            chosen.extend(sample((e for e in train if e.corpus == name), share, generator))
        return batches_of(chosen, self.recipe.batch_pieces, generator)

    def _epoch(self, batches: Sequence[Sequence[Example]], total: int) -> None:
        began, words, losses = time.monotonic(), 0, 0.0
        for number, examples in enumerate(batches, start=1):
            losses += self._update(examples, total)
            if self.progress(total) >= 1:
                return
            words += sum(len(example.firsts) for example in examples)
            if number % _REPORT_EVERY == 0:
                speed = words / (time.monotonic() - began)
                _LOG.info("step %d/%d loss %.4f %.0f words/s", self.step, total, losses / _REPORT_EVERY, speed)
                losses = 0.0
            if time.monotonic() - self.saved > self.recipe.checkpoint_minutes * 60:
                self._save()

    def _update(self, examples: Sequence[Example], total: int) -> float:
        recipe = self.recipe
        torch.manual_seed(recipe.seed * 1_000_003 + self.step)
        generator = random.Random(recipe.seed * 7919 + self.step)  # noqa: S311
        batch = tensors_of(examples, self.corpora, recipe, generator)
        corrected = generator.random() < recipe.correction_share
        done, warm = self.progress(total), recipe.warmup
        factor = min(done / warm + 0.01, max(0.0, (1 - done) / (1 - warm)))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, first = self.tagger(
                batch, corrected=corrected, first_layers=recipe.first_layers, doubt=generator.uniform(*recipe.doubt)
            )
        loss = loss_of(logits, batch, recipe.soft_weight)
        if recipe.first_layers:
            loss = loss + recipe.first_weight * loss_of(first, batch, recipe.soft_weight)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self.position += 1
        return float(loss.detach())

    def _report(self, figures: Mapping[str, Figures]) -> None:
        for key, value in figures.items():
            _LOG.info(
                "epoch %d %s P %.1f R %.1f F1 %.2f (%d)",
                self.epoch, key, value.precision, value.recall, value.f1, value.gold,
            )  # fmt: skip

    def _save(self) -> None:
        state = {
            "tagger": self.tagger.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "position": self.position,
            "spent": self.spent + time.monotonic() - self.began,
        }
        part = self.folder / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.folder / "checkpoint.pt")
        self.saved = time.monotonic()

    def _resume(self) -> None:
        state = torch.load(self.folder / "checkpoint.pt", weights_only=True)
        self.tagger.load_state_dict(state["tagger"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step = state["epoch"], state["step"]
        self.position, self.spent = state["position"], state["spent"]
        _LOG.info("going on at epoch %d, step %d", self.epoch, self.step)
