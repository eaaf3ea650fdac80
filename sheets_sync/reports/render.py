"""Puts a report's words into the templates: an HTML part with its styles inlined, and a text part that says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import css_inline
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, Template, TemplateError, select_autoescape

from sheets_sync.config.shipped import TEMPLATES, shipped
from sheets_sync.errors import ConfigError
from sheets_sync.model import LibraryMonth, Message, OfficeMonth, msg
from sheets_sync.model.foreign import quoted
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.model.text import one_line, shown
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.library_report import greeting_to, library_report
from sheets_sync.reports.office_report import office_report
from sheets_sync.reports.pictures import scores_picture, trend_picture
from sheets_sync.reports.reminders import Reminder, reminder_report
from sheets_sync.reports.rendered import NO_FILES, Parcel, Picture, Rendered
from sheets_sync.reports.sandbox import Compiled, Sandbox
from sheets_sync.reports.span_report import SpanReport, library_span_report, office_span_report

NAMES = tuple(
    f"{mail}.{part}.j2" for mail in ("library", "office", "further", "reminder", "span") for part in ("html", "txt")
)
_COMPILED = Compiled()

# What a template that asks for something odd meets besides Jinja's own errors.
_FAILURES = (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError)
_NOT_WORDS = re.compile(r"<(head|style|script)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_LONGEST_SUBJECT = 250  # characters: a name of thousands makes a head that mail servers refuse


class Renderer:
    """Renders the mails of one office. `context` says how; templates of the office's own folder come first."""

    def __init__(self, context: ReportContext) -> None:
        self.context = context
        self._environment = _environment(context.templates)
        self._inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

    def library(self, month: OfficeMonth, entry: LibraryMonth) -> Rendered:
        """The mail to a library about its month."""
        context = self.context
        report = library_report(month, entry, context)
        subject = context.say("library_subject", month=report.month, library=report.library)
        pictures = [trend_picture(entry.trend, month.period, context)] if _known(entry.trend) else []
        return self._rendered("library", self._subject(subject), month, pictures, report=report)

    def office(self, month: OfficeMonth, name: str, parcel: Parcel = NO_FILES) -> Rendered:
        """The mail to one of the office's recipients, called `name` in the greeting; the first where there are several."""
        context = self.context
        report = office_report(month, context)
        subject = self._numbered(month, parcel)
        trend = trend_picture(month.trend, month.period, context) if _known(month.trend) else None
        pictures = [picture for picture in (scores_picture(month, context), trend) if picture]
        greeting = context.say("greeting_office", name=name)
        return self._rendered(
            "office", self._subject(subject), month, pictures, parcel, report=report, greeting=greeting
        )

    def further(self, of: OfficeMonth | OfficeSpan, name: str, parcel: Parcel) -> Rendered:
        """Another mail to one of the office's recipients, with files that the first had no room for."""
        subject, greeting = self._numbered(of, parcel), self.context.say("greeting_office", name=name)
        return self._rendered("further", self._subject(subject), of, (), parcel, mail=parcel, greeting=greeting)

    def _numbered(self, of: OfficeMonth | OfficeSpan, parcel: Parcel) -> str:
        """The subject of an office's report, with the mail's number where it comes in several."""
        say, office = self.context.say, self.context.office.name
        if isinstance(of, OfficeSpan):
            subject = say("span_office_subject", span=of.span, office=office)
        else:
            subject = say("office_subject", month=of.period, office=office)
        if parcel.total == 1:
            return subject
        return say("further_subject", subject=subject, number=parcel.number, total=parcel.total)

    def office_span(self, whole: OfficeSpan, name: str, parcel: Parcel = NO_FILES) -> Rendered:
        """The mail about a quarter or year to one of the office's recipients."""
        report, greeting = office_span_report(whole, self.context), self.context.say("greeting_office", name=name)
        return self._span(whole, self._numbered(whole, parcel), report, greeting, whole.months, parcel)

    def library_span(self, whole: OfficeSpan, entry: LibrarySpan, parcel: Parcel = NO_FILES) -> Rendered:
        """The mail about a quarter or year to a library."""
        report, context = library_span_report(whole, entry, self.context), self.context
        subject = context.say("span_library_subject", span=report.span, library=report.name)
        return self._span(whole, subject, report, greeting_to(entry.library, context), entry.months, parcel)

    def _span(
        self,
        whole: OfficeSpan,
        subject: str,
        report: SpanReport,
        greeting: str,
        months: Sequence[float | None],
        parcel: Parcel,
    ) -> Rendered:
        pictures = [trend_picture(months, whole.span.last, self.context)] if _known(months) else []
        values = {"report": report, "greeting": greeting, "first": whole.span.first}
        return self._rendered("span", self._subject(subject), whole, pictures, parcel, **values)

    def reminder(self, reminder: Reminder, month: OfficeMonth, entries: Sequence[LibraryMonth], name: str) -> Rendered:
        """The reminder to the person called `name`, of all their libraries in one."""
        report = reminder_report(reminder, month, entries, name, self.context)
        subject = self.context.say("reminder_subject", month=report.month)
        return self._rendered("reminder", self._subject(subject), month, (), report=report)

    def load(self) -> None:
        """Parses every template; what a template asks for is known only once it is rendered with figures.

        Raises:
            ConfigError: a template can't be parsed.
        """
        for name in NAMES:
            self._loaded(name)

    def _subject(self, subject: str) -> str:
        """On one line, with the office's notice in front; what is typed in a sheet can't add a header."""
        notice = self.context.text(self.context.office.notice)
        line = one_line(self.context.say("notice_subject", notice=notice, subject=subject) if notice else subject)
        return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…"

    def _rendered(
        self,
        template: str,
        subject: str,
        month: OfficeMonth | OfficeSpan,
        pictures: Sequence[Picture],
        parcel: Parcel = NO_FILES,
        **values: object,
    ) -> Rendered:
        values = {
            "t": self.context.t,
            "voice": self.context,  # what templates of an office that were copied earlier still ask for
            "say": self.context.say,
            "as_of": self._as_of,
            "office": self.context.office,
            "notice": self.context.text(self.context.office.notice),
            "notice_detail": self.context.text(self.context.office.notice_detail),
            "subject": subject,
            "attached": parcel.listed,
            "pictures": {picture.name: picture for picture in pictures},
            "first": month.period.year_start(self.context.office.year_starts_in),
            "last": month.period,
            **values,
        }
        html = self._inlined(f"{template}.html.j2", values)
        text = self._filled(f"{template}.txt.j2", values)
        for name, words in ((f"{template}.html.j2", _NOT_WORDS.sub("", html)), (f"{template}.txt.j2", text)):
            if not words.strip():
                raise _unusable(name, msg("it says nothing"))
        return Rendered(subject, html, text, tuple(pictures), parcel.files)

    def _as_of(self, moment: str) -> str:
        """When the data were last changed, in a sentence; `moment` is a dash where nothing was read yet."""
        say = self.context.say
        return say("data_as_of_none") if moment == "–" else say("data_as_of", moment=moment)

    def _inlined(self, name: str, values: Mapping[str, object]) -> str:
        """A template of HTML with its values, and with its styles beside what they are for."""
        try:
            return self._inliner.inline(self._filled(name, values))
        except css_inline.InlineError as error:
            raise _unusable(name, _met(error)) from error

    def _filled(self, name: str, values: Mapping[str, object]) -> str:
        """A template with its values.

        Raises:
            ConfigError: it is none, or asks for what a template may not do.
        """
        template = self._loaded(name)
        try:
            filled = template.render(values)
            filled.encode()  # a half of a character is none that a mail can hold
        except (TemplateError, *_FAILURES) as error:
            raise _unusable(name, _met(error)) from error
        return filled

    def _loaded(self, name: str) -> Template:
        try:
            return self._environment.get_template(name)
        except (TemplateError, *_FAILURES) as error:
            raise _unusable(name, _met(error)) from error


def _met(error: Exception) -> Message:
    """What went wrong while a template was filled in."""
    return quoted(msg("it can't be filled in"), (str(error) or type(error).__name__).rstrip("."))


def _unusable(name: str, problem: Message) -> ConfigError:
    return ConfigError(
        msg(
            "The template {name} can't be used: {problem}. Compare it with the one in report_templates/, or take it "
            "out of your own folder (templates in reports.yaml).",
            name=name,
            problem=problem,
        )
    )


def _known(trend: Sequence[float | None]) -> bool:
    return any(value is not None for value in trend)


def _environment(own: Path | None) -> Sandbox:
    folders = [folder for folder in (own, shipped(TEMPLATES)) if folder]
    return Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        auto_reload=False,  # a renderer lives for one month's mails, which are of one piece
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
