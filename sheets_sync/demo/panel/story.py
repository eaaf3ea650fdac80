"""What happened when a button was pressed, as the panel tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheets_sync.i18n import Language
from sheets_sync.local_google.log import Entry
from sheets_sync.model import msg

MEANINGS = {
    "token": msg("logs in with its key"),
    "drive.files.list": msg("asks which workbooks have changed"),
    "sheets.spreadsheets.get": msg("reads a workbook, all tabs at once"),
    "sheets.spreadsheets.batchUpdate": msg("writes its own tabs and comments, all at once"),
}
GOOD = range(200, 300)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A request of the program's: what it was for, and how it ended. `count` of them came one after another."""

    method: str
    meaning: str
    status: int
    count: int
    inside: str

    @property
    def failed(self) -> bool:
        return self.status not in GOOD


@dataclass(frozen=True, slots=True)
class Chapter:
    """One press of a button. `at` is the demo's time; `moved` says which scores moved and why."""

    number: int
    title: str
    at: str
    told: tuple[str, ...]
    asked: tuple[AskedLine, ...]
    moved: tuple[str, ...]
    mails: int

    @property
    def failed(self) -> bool:
        return any(line.startswith("✗") for line in self.told)


def gist(chapter: Chapter, t: Language) -> Iterator[str]:
    """What somebody who pressed a button has to see first: what went wrong or moved, and what arrived."""
    wrong = [line for line in chapter.told if line.startswith("✗")]
    yield from wrong or chapter.moved or chapter.told[:1]
    if chapter.asked and not (wrong or chapter.moved):
        yield t(msg("No score moved."))
    if chapter.mails:
        yield t("Mails that arrived: {count}.", count=chapter.mails)


def asked_lines(entries: Iterable[Entry], t: Language) -> Iterator[AskedLine]:
    """The requests in their order; the same ones in a row are one line."""
    last: AskedLine | None = None
    for entry in entries:
        meaning = t(MEANINGS[entry.method]) if entry.method in MEANINGS else ""
        line = AskedLine(entry.method, meaning, entry.status, 1, _inside(entry))
        if last is not None and (last.method, last.status, last.inside) == (line.method, line.status, line.inside):
            last = AskedLine(line.method, meaning, line.status, last.count + 1, line.inside)
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _inside(entry: Entry) -> str:
    """Of a batch, what it holds."""
    kinds = Counter(kind for request in entry.body.get("requests", []) for kind in request)
    return ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(6))


def told_of(text: str) -> tuple[str, ...]:
    """The lines of an outcome's text."""
    return tuple(filter(None, text.splitlines()))
