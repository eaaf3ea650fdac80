"""Names, notes and reasons that try to be more than text."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_months import NOW, everybody, findings, library_month, office_month, sample_voice

from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import LibraryMonth, msg
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Rendered

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)><a href="http://x.example">',
    "</td></tr></table></body>",
    "{{ 7 * 7 }}{% for x in y %}",
    "{library}{0}{x.__class__}",
    "%s %(x)s",
    "nama\r\nBcc: semua@example.org\r\n\r\n<html>",
    "baris\nbaru\u2028lagi\u2029dan\x0blagi\x85ini",
    "\u202egpj.exe\u202c \u2066x\u2069",
    "=?utf-8?q?=0D=0ABcc:_x@example.org?=",
    "\x00\x1b[31mmerah",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;amp; &#60;",
    "-- \nfooter",
    "🙂👩‍👩‍👧‍👦",
]


class Shape(HTMLParser):
    """A page's tags and attributes without the words: what typed text must not change."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = tuple((name, value) for name, value in attrs if name != "alt" and not (value or "").startswith("cid:"))
        self.tags.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))


def entry_of(typed: str) -> LibraryMonth:
    """A library whose every typed text is this one."""
    entry = library_month()
    asked = tuple(
        replace(each, message=msg("“{typed}” is not a number.", typed=typed), typed=typed, reason=each.reason and typed)
        for each in findings("tangkum")
    )
    library = replace(entry.library, name=typed, pic=typed, aliases=(typed,), district=typed)
    return replace(entry, library=library, findings=asked)


@cache
def renderer() -> Renderer:
    return Renderer(sample_voice())


def mails(typed: str) -> tuple[Rendered, Rendered]:
    entry = entry_of(typed)
    month = office_month([entry])
    return renderer().library(month, entry), renderer().office(month, "Kepala Dinas")


@cache
def plain() -> tuple[Rendered, Rendered]:
    return mails("Perpustakaan Desa")


def unchanged(typed: str) -> None:
    for mail, usual in zip(mails(typed), plain(), strict=True):
        assert Shape(mail.html).tags == Shape(usual.html).tags
        assert len(mail.text.splitlines()) == len(usual.text.splitlines())
        assert mail.subject.isprintable()
        assert mail.text.count("-- \n") == usual.text.count("-- \n")


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_changes_no_markup_and_no_line(typed: str) -> None:
    """Whatever is typed as a name, a note or a reason, a mail has the same tags, attributes, links and lines."""
    unchanged(typed)


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_no_text_changes_markup(typed: str) -> None:
    """The same holds for any text at all."""
    unchanged("x" + typed)


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_adds_no_header(typed: str) -> None:
    """Whatever is typed, a message has one recipient and the headers we wrote."""
    reports = ReportOptions(office_recipients=(OfficeRecipient(name="S", address="s@example.org"),))
    month = office_month([entry_of(typed)])
    outbox = Outbox(month, renderer(), reports, MailOptions(), 1, NOW, everybody(month))
    planned = list(outbox.planned())
    assert [each.key.recipient for each in planned] == ["s@example.org", "pustaka@example.org"]
    for each in planned:
        message = message_from_bytes(each.message, policy=policy.default)
        assert "Bcc" not in message
        assert len(message["To"].addresses) == 1
        assert message.defects == []
        assert [part.get_content_type() for part in message.walk()].count("text/html") == 1


def test_hostile_names_stay_legible() -> None:
    """What is shown of a hostile name is its text, as it was typed."""
    mail, _ = mails("<b>Pustaka</b> & Teman")
    assert "&lt;b&gt;Pustaka&lt;/b&gt; &amp; Teman" in mail.html
    assert "<b>Pustaka</b> & Teman" in mail.text
