"""The office's letter about its month as PDF/UA: body, table and chart, signature block, an annex for each library.

What people typed reaches the typesetter as JSON, never as markup. The same month on the same day gives the same bytes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import typst

from sheets_sync.config.shipped import TEMPLATES, shipped
from sheets_sync.model import LibraryMonth, OfficeMonth, Period, periods_between
from sheets_sync.model.office_span import LibrarySpan
from sheets_sync.model.text import fold
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.library_report import LibraryReport, as_is_after, library_report
from sheets_sync.reports.office_report import OfficeReport, office_report
from sheets_sync.reports.pictures import month_label, trend_words
from sheets_sync.reports.score_card import PartLine
from sheets_sync.reports.typeface import FOLDER, printable


@dataclass(frozen=True, slots=True)
class LetterChart:
    """Month scores as columns, `value` from 0 to 10, and the words that stand for them."""

    columns: tuple[LetterColumn, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class LetterColumn:
    """One month of a chart; no value, no column."""

    label: str
    figure: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, by hand: dotted lines where configuration names nobody."""

    title: str
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A library's page."""

    title: str
    report: LibraryReport
    chart: LetterChart | None


@dataclass(frozen=True, slots=True)
class Letter:
    """All the words of a letter, in the order they stand in it."""

    language: str
    title: str
    author: str
    notice: str
    notice_detail: str
    day: tuple[int, int, int]
    head: tuple[str, ...]
    address: str
    place_and_day: str
    enclosures: str
    subject: str
    dear: str
    reported: str
    scores: str
    report: OfficeReport
    chart: LetterChart | None
    signature: Signature
    annexes: tuple[Annex, ...]
    tables: tuple[LetterTable, ...] = ()
    targets: tuple[LetterTargets, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table with a sentence in front; the last row is a sum."""

    intro: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LetterTargets:
    """Indicators against their targets, with a sentence in front and what was reached behind."""

    intro: str
    parts: tuple[PartLine, ...]
    reached: str


def letter(month: OfficeMonth, context: ReportContext, to: str, day: date, most_annexes: int = 150) -> Letter:
    """The letter of a month, dated `day`, to the office called `to`; no annexes where there would be more than so many."""
    t, say, office = context.t, context.say, context.office
    report = office_report(month, context)
    first = month.period.year_start(office.year_starts_in)
    annexed = month.libraries if len(month.libraries) <= most_annexes else ()
    return Letter(
        language=t.code,
        title=say("letter_subject", month=month.period),
        author=office.name,
        notice=context.text(office.notice),
        notice_detail=context.text(office.notice_detail),
        day=(day.year, day.month, day.day),
        head=office.letterhead.lines or (office.name,),
        address=office.letterhead.address,
        place_and_day=", ".join(filter(None, (office.letterhead.place, t.day(day)))),
        enclosures=say("letter_enclosure_count", count=len(annexed) or 1),
        subject=say("letter_subject", month=month.period),
        dear=addressed(to, context, day),
        reported=as_is_after(_reported(month, context), month, context),
        scores=" ".join(
            (
                say("letter_scores", first=first, last=month.period, scheme=month.scheme),
                *whole_text(month.together, context),
            )
        ),
        report=report,
        chart=letter_chart(month.trend, month.period, context),
        signature=signature(context, day),
        annexes=tuple(_annex(number, month, entry, context) for number, entry in enumerate(annexed, start=1)),
    )


def addressed(to: str, context: ReportContext, day: date) -> str:
    """Whom the letter is to; left to be written by hand where it would go to the one who signs it."""
    who = context.office.signatory(day)
    themselves = who is not None and fold(context.text(who.title)) == fold(to)
    return context.say("letter_dear_blank") if themselves else context.say("letter_dear", name=to)


def _reported(month: OfficeMonth, context: ReportContext) -> str:
    """Who reported, how completely and how punctually; what is not known is left unsaid."""
    say, timely, total = context.say, month.timeliness, len(month.expected)
    reported = sum(entry.reporting.heard for entry in month.libraries)
    parts = [say("letter_reported", month=month.period, reported=reported, total=total)]
    if month.completeness is not None:
        parts.append(say("letter_complete", completeness=context.t.percent(month.completeness)))
    if timely.known:
        sentence = "letter_timely_partly" if timely.unknown else "letter_timely"
        parts.append(say(sentence, on_time=timely.on_time, known=timely.known, unknown=timely.unknown))
    return " ".join(parts)


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
    "questions_title", "revisions_title", "provisional_mark",
)  # fmt: skip


def letter_pdf(content: Letter, context: ReportContext, said: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The letter typeset as PDF/UA-1, with fonts embedded; `said` are sentences in the place of the month's."""
    words = {name: context.say(name) for name in _WORDS} | dict(said)
    return typeset("letter.typ", {**asdict(content), "words": words}, context.templates)


def typeset(template: str, data: Mapping[str, object], own: Path | None) -> bytes:
    """A template of the office's own folder, else the shipped one, as PDF/UA-1; what it says comes as data."""
    text = json.dumps(printable(dict(data)), ensure_ascii=False)
    pdf = _typesetter(_template(template, own)).compile(format="pdf", sys_inputs={"data": text}, pdf_standards="ua-1")
    assert isinstance(pdf, bytes)
    return pdf


def _template(name: str, own: Path | None) -> Path:
    chosen = own / name if own else None
    return chosen if chosen and chosen.is_file() else shipped(TEMPLATES) / name


_local = threading.local()


def _typesetter(template: Path) -> typst.Compiler:
    """A compiler is not to be shared between threads; each keeps its own, with the template read and fonts loaded."""
    known: dict[Path, typst.Compiler] = _local.__dict__.setdefault("typesetters", {})
    if template not in known:
        known[template] = typst.Compiler(str(template), font_paths=[str(FOLDER)], ignore_system_fonts=True)
    return known[template]


def _annex(number: int, month: OfficeMonth, entry: LibraryMonth, context: ReportContext) -> Annex:
    title = context.say("annex_title", number=number, library=entry.library.name)
    return Annex(title, library_report(month, entry, context), letter_chart(entry.trend, month.period, context))


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
