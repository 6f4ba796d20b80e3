"""What the pair model looks at: the words between and around two things wherever they meet, and their document."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from kg.statements.pairs import stem_of, words_of
from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.statements.pairs import DocumentThings, Meeting, Pair

BUCKETS = 1 << 15


def features_of(pair: Pair, rules: Iterable[str], things: DocumentThings) -> list[int]:
    """Return the sorted buckets of a pair's features; ``rules`` says what the rules read between its ends."""
    names = {f"rule={rule}" for rule in rules}
    for meeting in pair.meetings:
        names.update(_of_words(meeting))
        names.update(_of_place(meeting, pair, things))
    names.update(_of_document(pair, things))
    return sorted({zlib.crc32(name.encode()) % BUCKETS for name in names})


def _of_words(meeting: Meeting) -> Iterator[str]:
    view = meeting.view
    first, last = sorted((meeting.subject, meeting.object), key=lambda slot: slot.start)
    order = "so" if first is meeting.subject else "os"
    between = words_of(view.full[first.end : last.start])
    before = words_of(view.full[max(0, first.start - 60) : first.start])[-4:]
    after = words_of(view.full[last.end : last.end + 60])[:4]
    for word in between:
        yield f"{order}:{word}"
        yield f"{order}:~{stem_of(word)}"
        yield f"any:~{stem_of(word)}"
    chain = ["^", "^", *between, "$", "$"]
    for one, two, three in zip(chain, chain[1:], chain[2:], strict=False):
        yield f"{order}:{one}_{two}_{three}"
        yield f"{order}:{two}_{three}"
    for word in before:
        yield f"{order}<~{stem_of(word)}"
    for word in after:
        yield f"{order}>~{stem_of(word)}"
    yield f"{order}<<{'_'.join(before[-1:])}"
    yield f"{order}<<<{'_'.join(before[-2:])}"
    yield f"{order}>>{'_'.join(after[:1])}"
    yield f"{order}>>>{'_'.join(after[:2])}"
    if len(between) <= 4:
        yield f"{order}={' '.join(between)}"
    yield f"length={min(8, len(between) // 3)}"
    yield f"mentions={min(4, sum(word.isupper() for word in between))}"
    for word in words_of(view.full):
        yield f"sentence:{stem_of(word)}"


def _of_place(meeting: Meeting, pair: Pair, things: DocumentThings) -> Iterator[str]:
    view = meeting.view
    yield f"order={meeting.subject.start < meeting.object.start}"
    yield f"title-sentence={view is things.views[0]}"
    yield f"last-sentence={view is things.views[-1]}"
    rivals = [slot for slot in view.slots if slot.letter == pair.kind[0]]
    target = meeting.object
    nearest = min(rivals, key=lambda slot: max(slot.start, target.start) - min(slot.end, target.end))
    yield f"nearest={key_of(nearest.linked) == pair.subject}"
    yield f"nested={meeting.subject.nested or target.nested}"
    yield f"companion={meeting.subject.dependent}"
    for role, slot in (("s", meeting.subject), ("o", target)):
        before = words_of(view.full[max(0, slot.start - 40) : slot.start])[-2:]
        after = words_of(view.full[slot.end : slot.end + 40])[:2]
        yield f"{role}<{'_'.join(before)}"
        yield f"{role}>{'_'.join(after)}"


def _of_document(pair: Pair, things: DocumentThings) -> Iterator[str]:
    together = min(4, len(pair.meetings))
    titled = (pair.subject in things.title, pair.object in things.title)
    subjects, objects = things.ranked[pair.kind[0]], things.ranked[pair.kind[1]]
    rank = subjects.index(pair.subject), objects.index(pair.object)
    yield from (
        f"together={together}",
        f"titled={titled}",
        f"together={together}&titled={titled}",
        f"often={min(6, things.counts[pair.subject])}",
        f"object-often={min(6, things.counts[pair.object])}",
        f"rank={min(3, rank[0])}",
        f"object-rank={min(4, rank[1])}",
        f"ranks={min(2, rank[0])},{min(3, rank[1])}",
        f"rank={min(2, rank[0])}&together={min(2, together)}",
        f"subjects={min(4, len(subjects))}",
        f"objects={min(5, len(objects))}",
        f"alone={len(subjects) == 1}&together={min(2, together)}",
        f"last={(pair.subject in things.last, pair.object in things.last)}",
        f"name={things.names[pair.object]}",
        *(f"subject-context{word}" for word in things.contexts[pair.subject]),
        *(f"object-context{word}" for word in things.contexts[pair.object]),
        *(f"object-word={stem_of(word)}" for word in words_of(things.names[pair.object])),
        *(f"subject-word={stem_of(word)}" for word in words_of(things.names[pair.subject])),
    )
