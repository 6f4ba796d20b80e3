"""Progress of long work: a bar on standard error when that is a terminal, one line for each failed item always."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from kg.model import Rejection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Outcome = TypeVar("Outcome")


class OutcomeCounter:
    """Counts what was done and what was refused, and says the latter on standard error."""

    def __init__(self, advance: Callable[[], None], note: Callable[[str], None]) -> None:
        self.done = 0
        self.rejected = 0
        self._advance = advance
        self._note = note

    @property
    def exit_code(self) -> int:
        """1 when an item failed or there was none at all, else 0."""
        return int(self.rejected > 0 or self.done == 0)

    def follow(self, outcomes: Iterable[Rejection | Outcome]) -> Iterator[Outcome]:
        """Yield what was done; count and report the rejections between."""
        for outcome in outcomes:
            self._advance()
            if isinstance(outcome, Rejection):
                self.rejected += 1
                self._note(f"kg: {outcome.source}: {outcome.reason} [{outcome.stage}]")
            else:
                self.done += 1
                yield outcome


@contextmanager
def count_outcomes(doing: str) -> Iterator[OutcomeCounter]:
    """Give a counter that draws a bar named ``doing`` while standard error is a terminal."""
    if not sys.stderr.isatty():
        yield OutcomeCounter(lambda: None, lambda text: print(text, file=sys.stderr))  # noqa: T201
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(doing, total=None)
        yield OutcomeCounter(
            lambda: progress.advance(task), lambda text: console.print(text, markup=False, highlight=False)
        )
