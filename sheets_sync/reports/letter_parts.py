"""What letters are made of, of a month or longer: head, body, table and chart, signature, annexes, and their typesetting.

The same letter on the same day gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Generic

from sheets_sync.model import LibraryMonth, Period, periods_between
from sheets_sync.model.office_span import LibrarySpan
from sheets_sync.model.text import fold
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter_words import (
    Annex,
    IndexLine,
    Letter,
    LetterChart,
    LetterColumn,
    LetterTable,
    LetterTargets,
    Signature,
    VolumeGroup,
    VolumeHead,
)
from sheets_sync.reports.library_rows import LibraryRow
from sheets_sync.reports.office_report import OfficeReport
from sheets_sync.reports.pictures import month_label, trend_words
from sheets_sync.reports.typesetting import typeset
from sheets_sync.reports.volumes import E, Volume, volumes

MOST_NAMED = 12  # groups of a volume in a mail
FEW_ANNEXES = 20  # with more, the typesetter has a process of its own


@dataclass(frozen=True, slots=True)
class Body:
    """What a letter says of its month, quarter or year."""

    subject: str
    reported: str
    scores: str
    report: OfficeReport
    chart: LetterChart | None
    tables: tuple[LetterTable, ...] = ()
    targets: tuple[LetterTargets, ...] = ()


@dataclass(frozen=True, slots=True)
class Annexes(Generic[E]):
    """Each library's page and its row in a volume's contents; in volumes where there are more than `most`, none with 0."""

    entries: Sequence[E]
    most: int
    page: Callable[[int, E], Annex]  # by its number
    row: Callable[[E], LibraryRow]

    def in_letter(self) -> tuple[Annex, ...]:
        """Those that the letter itself holds."""
        if len(self.entries) > self.most:
            return ()
        return tuple(self.page(number, entry) for number, entry in enumerate(self.entries, start=1))

    def bound(self, context: ReportContext) -> tuple[Volume[E], ...]:
        """The volumes that hold the others."""
        return volumes(self.entries, self.most, context)


def letter_of(body: Body, annexes: Annexes[E], context: ReportContext, to: str, day: date) -> Letter:
    """The letter, dated `day`, to the office called `to`. Where its annexes are bound apart, so are the libraries' rows."""
    office, bound = context.office, annexes.bound(context)
    return Letter(
        language=context.t.code,
        title=body.subject,
        author=office.name,
        notice=context.text(office.notice),
        notice_detail=context.text(office.notice_detail),
        day=(day.year, day.month, day.day),
        head=office.letterhead.lines or (office.name,),
        address=office.letterhead.address,
        place_and_day=", ".join(filter(None, (office.letterhead.place, context.t.day(day)))),
        enclosures=_enclosures(annexes, bound, context),
        subject=body.subject,
        dear=addressed(to, context, day),
        reported=body.reported,
        scores=body.scores,
        report=replace(body.report, rows=()) if bound else body.report,
        chart=body.chart,
        signature=signature(context, day),
        annexes=annexes.in_letter(),
        tables=body.tables,
        targets=body.targets,
        index=tuple(_index(bound, context)),
    )


def volumes_of(content: Letter, annexes: Annexes[E], context: ReportContext) -> Iterator[Letter]:
    """The letter's volumes, one after the other: each is made when it is asked for, so that one need be there at a time."""
    for volume in annexes.bound(context):
        pages = (
            annexes.page(number, entry)
            for group in volume.groups
            for number, entry in enumerate(group.entries, start=group.first)
        )
        head = _head(volume, annexes, context)
        title = f"{content.subject} – {head.title}"
        yield replace(content, title=title, annexes=tuple(pages), index=(), volume=head)


def _head(volume: Volume[E], annexes: Annexes[E], context: ReportContext) -> VolumeHead:
    say, number, width = context.say, volume.number, len(str(volume.total))
    title = say("volume_title", number=number, total=volume.total)
    return VolumeHead(
        file=say("volume_file", number=str(number).zfill(width), total=str(volume.total)),
        listed=say(
            "volume_listed", volume=title, groups=context.some([group.title for group in volume.groups], MOST_NAMED)
        ),
        title=title,
        intro=say("volume_intro", first=volume.first, last=volume.last, total=len(annexes.entries)),
        groups=tuple(
            VolumeGroup(group.title, group.first, tuple(map(annexes.row, group.entries))) for group in volume.groups
        ),
    )


def _enclosures(annexes: Annexes[E], bound: Sequence[Volume[E]], context: ReportContext) -> str:
    if bound:
        return context.say("letter_enclosure_volumes", count=len(annexes.entries), volumes=len(bound))
    return context.say("letter_enclosure_count", count=len(annexes.in_letter()) or 1)


def _index(bound: Sequence[Volume[E]], context: ReportContext) -> Iterator[IndexLine]:
    number = context.t.number
    for volume in bound:
        for group in volume.groups:
            numbers = f"{number(group.first)}–{number(group.last)}" if len(group.entries) > 1 else number(group.first)
            yield IndexLine(group.title, number(len(group.entries)), numbers, number(volume.number))


def addressed(to: str, context: ReportContext, day: date) -> str:
    """Whom the letter is to; left to be written by hand where it would go to the one who signs it."""
    who = context.office.signatory(day)
    themselves = who is not None and fold(context.text(who.title)) == fold(to)
    return context.say("letter_dear_blank") if themselves else context.say("letter_dear", name=to)


def whole_text(together: LibraryMonth | LibrarySpan | None, context: ReportContext) -> Iterator[str]:
    """Of a region the score of all its places together."""
    score = together.score if together else None
    if together is not None and score is not None and score.value is not None:
        yield context.say("letter_whole", name=together.library.name, score=context.score(score.value))


_WORDS = (
    "letter_number", "letter_enclosures", "letter_subject_label", "letter_to", "letter_at", "letter_trend",
    "letter_follow_up", "letter_revisions", "letter_internal", "letter_closing", "letter_status", "letter_count",
    "table_title", "table_library",
    "table_score", "table_category", "table_change", "score_title", "score_unknown", "progress_title", "steps_title",
    "parts_title", "parts_indicator", "parts_actual", "parts_target_head", "parts_points_head", "chart_title",
    "questions_title", "revisions_title", "provisional_mark", "index_title", "index_group", "index_volume",
    "contents_page",
)  # fmt: skip


def letter_pdf(content: Letter, context: ReportContext, said: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The letter, or a volume, typeset as PDF/UA-1, with fonts embedded; `said` are sentences in the place of the month's."""
    words = {name: context.say(name) for name in _WORDS} | dict(said)
    words["page_of"] = context.say("letter_page", page="{page}", pages="{pages}")  # the typesetter counts them
    template = "volume.typ" if content.volume else "letter.typ"
    apart = len(content.annexes) > FEW_ANNEXES
    return typeset(template, {**asdict(content), "words": words}, context.templates, apart=apart)


def letter_chart(trend: Sequence[float | None], last: Period, context: ReportContext) -> LetterChart | None:
    """Month scores that end with a month; None where none is known."""
    if all(value is None for value in trend):
        return None
    periods = periods_between(last - (len(trend) - 1), last)
    columns = tuple(
        LetterColumn(month_label(period, context), context.t.number(value, 1), value)
        for period, value in zip(periods, trend, strict=True)
    )
    return LetterChart(columns, trend_words(trend, last, context))


def signature(context: ReportContext, day: date) -> Signature:
    """The signature block of whoever is in office on a day."""
    blank, who = context.say("letter_blank"), context.office.signatory(day)
    if who is None:
        return Signature(blank, blank, context.say("letter_nip", nip=blank))
    title = context.text(who.title)
    return Signature(
        title=context.say("letter_acting", title=title) if who.acting else title,
        name=who.name,
        nip=context.say("letter_nip", nip=who.nip) if who.nip else "",
    )
