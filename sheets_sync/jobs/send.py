"""Sends what a workbook is to get, in one write; where Google refuses a part of it, the rest is sent without that part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sheets_sync.errors import RefusedError
from sheets_sync.google import Written
from sheets_sync.google.transport import encoded
from sheets_sync.model.json import JsonObject

MAX_WRITES = 16  # of one workbook in one run; what is left over waits for the next
MAX_BYTES = 8_000_000  # of a write: Google advises 2 MB and gives a request 180 s; more is sent in slices
_BUSY_ROWS = 2000  # a page of fewer rows is never weighed


@dataclass(frozen=True, slots=True)
class WritePart:
    """Requests that belong together: those of a page (`role`), or of a library's comments ("": the office's)."""

    requests: tuple[JsonObject, ...]
    role: str | None = None
    library: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: Google's last answer (None: nothing was written), the parts that stand, those that don't.

    `waiting` were not tried any more.
    """

    written: Written | None = None
    stand: tuple[WritePart, ...] = ()
    refused: tuple[tuple[WritePart, RefusedError], ...] = ()
    waiting: tuple[WritePart, ...] = ()

    def with_written(self, written: Written, parts: Sequence[WritePart]) -> Sent:
        """This after one more write."""
        saved = written.comments_saved and (self.written is None or self.written.comments_saved)
        return replace(self, written=replace(written, comments_saved=saved), stand=(*self.stand, *parts))


def send(
    write: Callable[[Sequence[JsonObject]], Written],
    parts: Sequence[WritePart],
    push: Callable[[Sequence[JsonObject]], object] | None = None,
) -> Sent:
    """Everything in one write; after a refusal the pages first, then the comments, without the parts that are to blame.

    What is too much for one write goes ahead in slices, by `push` (None: by `write`); the last slice is among the rest.

    Raises:
        WorkbookError: Google could not be reached, or nothing may be written at all.
    """
    sent, last = _ahead(push or write, parts)
    groups = [last] if last or not parts else []
    for _ in range(MAX_WRITES):
        if not groups:
            return sent
        group = groups.pop(0)
        try:
            sent = sent.with_written(write([request for part in group for request in part.requests]), group)
        except RefusedError as error:
            guilty, rest = _blamed(group, error)
            sent = replace(sent, refused=(*sent.refused, *((part, error) for part in guilty)))
            groups = [*rest, *groups]
    return replace(sent, waiting=tuple(part for group in groups for part in group))


def _ahead(
    push: Callable[[Sequence[JsonObject]], object], parts: Sequence[WritePart]
) -> tuple[Sent, tuple[WritePart, ...]]:
    """Sends the slices of large pages but the last of each; gives what was refused, and what is left to be sent."""
    sent, rest, room = Sent(), list[WritePart](), MAX_BYTES
    for part in parts:
        *ahead, last = slices(part, room)
        try:
            for each in ahead:
                push(each)
        except RefusedError as error:
            sent = replace(sent, refused=(*sent.refused, (part, error)))
            continue
        room = max(0, room - _weight(last)) if _is_busy(part) else room
        rest.append(replace(part, requests=tuple(last)))
    return sent, tuple(rest)


def slices(part: WritePart, room: int = MAX_BYTES) -> list[list[JsonObject]]:
    """A part's requests in their order, in as few slices as stay below `MAX_BYTES`; one that fits into `room` is whole."""
    if not _is_busy(part):
        return [list(part.requests)]
    found, weight = [list[JsonObject]()], 0
    weights = [_weight([request]) for request in part.requests]
    if sum(weights) <= room:
        return [list(part.requests)]
    for request, more in zip(part.requests, weights, strict=True):
        if found[-1] and weight + more > MAX_BYTES:
            found.append([])
            weight = 0
        found[-1].append(request)
        weight += more
    return found if weight <= room else [*found, []]


def _is_busy(part: WritePart) -> bool:
    rows = sum(len(request["updateCells"]["rows"]) for request in part.requests if "updateCells" in request)
    return rows + len(part.requests) > _BUSY_ROWS


def _weight(requests: Sequence[JsonObject]) -> int:
    """Bytes as they are sent, two signs for the brackets around them among them."""
    return len(encoded(requests)) if requests else 0


def _blamed(
    group: tuple[WritePart, ...], error: RefusedError
) -> tuple[tuple[WritePart, ...], list[tuple[WritePart, ...]]]:
    """The part that Google named or that was alone, and the groups in which the others are tried."""
    guilty = _named(group, error) if len(group) > 1 else group
    others = tuple(part for part in group if part not in guilty)
    pages = tuple(part for part in others if part.role is not None)
    comments = others[len(pages) :]
    if guilty or (pages and comments):
        return guilty, [each for each in (pages, comments) if each]
    middle = len(others) // 2
    return (), [others[:middle], others[middle:]]


def _named(group: tuple[WritePart, ...], error: RefusedError) -> tuple[WritePart, ...]:
    """The part whose request Google named."""
    end = 0
    for part in group:
        end += len(part.requests)
        if error.request is not None and error.request < end:
            return (part,)
    return ()
