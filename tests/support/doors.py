"""The doors through which what people typed leaves the program, and what of it could do harm behind each.

Whoever builds another door adds it to `DOORS`: what comes out of it, text by text, and what may not be among it.
"""

from __future__ import annotations

import email.policy
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser

import openpyxl
from installation import Installation
from page_reader import Visitor

from sheets_sync.cli.group import run_cli
from sheets_sync.comments.wording import MAX_LENGTH, mark_of
from sheets_sync.demo.panel.app import parts_of
from sheets_sync.demo.panel.outbox import arrived
from sheets_sync.demo.panel.story import Chapter, told_of
from sheets_sync.i18n import language
from sheets_sync.jobs.adopt import adopt
from sheets_sync.jobs.preview import keep_present
from sheets_sync.jobs.run import sync_job
from sheets_sync.web.adoption import AdoptPages, Desk

LIVE = "=+-@"


@dataclass(frozen=True, slots=True)
class Door:
    """`texts` are what comes out; `harm` says of one of them what could do harm (nothing: it is clean)."""

    name: str
    texts: Callable[[Installation], Iterable[str]]
    harm: Callable[[str], set[str]]


def steering(text: str) -> set[str]:
    """Characters that a terminal, or whoever shows the text, may obey: control, direction, what can't be seen."""
    return {
        f"U+{ord(mark):04X}"
        for mark in text
        if mark not in "\n\r\t" and not mark.isprintable() and unicodedata.category(mark) not in ("Zs", "Cf")
    }


class _Tags(HTMLParser):
    """A page's tags and what they are given, as far as they could be carried out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.live: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "form"):
            self.live.add(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().casefold().startswith("javascript:"):
                self.live.add(f"{tag} {name}")


def live_html(text: str) -> set[str]:
    return _Tags(text).live | steering(text)


def mails(here: Installation) -> list[EmailMessage]:
    """Every mail that arrived."""
    files = sorted(here.place.mail.glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def addressees(message: EmailMessage) -> list[str]:
    return [address for _, address in getaddresses([str(value) for value in message.get_all("To", [])])]


def _heads(here: Installation) -> Iterator[str]:
    for message in mails(here):
        yield json.dumps({"to": addressees(message), **{name: str(value) for name, value in message.items()}})


def _harm_of_head(text: str) -> set[str]:
    head = json.loads(text)
    known = {
        "Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "List-Unsubscribe", "MIME-Version",
        "Message-ID", "Reply-To", "Subject", "To", "to",
    }  # fmt: skip
    further = {name for name in head if name not in known and not name.startswith("X-")}
    return further | ({"recipients"} if len(head["to"]) != 1 else set()) | steering(head["Subject"])


def _bodies(kind: str) -> Callable[[Installation], Iterator[str]]:
    def texts(here: Installation) -> Iterator[str]:
        for message in mails(here):
            body = message.get_body(preferencelist=(kind,))
            if body is not None:
                yield body.get_content()

    return texts


def _attached(suffix: str) -> Callable[[Installation], Iterator[bytes]]:
    def contents(here: Installation) -> Iterator[bytes]:
        for message in mails(here):
            for part in message.iter_attachments():
                if (part.get_filename() or "").endswith(suffix):
                    yield part.get_content()

    return contents


def _workbook_cells(here: Installation) -> Iterator[str]:
    for content in _attached(".xlsx")(here):
        book = openpyxl.load_workbook(io.BytesIO(content))
        yield from (f"{cell.data_type} {cell.value}" for sheet in book for row in sheet.iter_rows() for cell in row)


def _letters(here: Installation) -> Iterator[str]:
    yield from (content[:8].decode("latin-1") for content in _attached(".pdf")(here))


def _own_cells(here: Installation) -> Iterator[str]:
    """What stands on our pages, as Google has it typed."""
    with here.app() as app:
        own = app.store.workbooks(here.office(app).code)[here.workbook].own.values()
        grid = app.google(app.settings.key_file(here.office(app))).read(here.workbook).grid
    for tab in grid.tabs:
        if tab.sheet_id in own:
            yield from (f"={cell.formula}" if cell.formula else cell.text for row in tab.rows for cell in row)


def _comments(here: Installation) -> Iterator[str]:
    with here.app() as app:
        grid = app.google(app.settings.key_file(here.office(app))).read(here.workbook).grid
    yield from (thread.text for thread in grid.comments if thread.by_me)


def _harm_of_comment(text: str) -> set[str]:
    lost = set() if mark_of(text) else {"not found again"}
    at = text.replace("@\u2060", "").rpartition("\n")[0]
    return lost | ({"@"} if "@" in at else set()) | ({"long"} if len(text.encode()) > MAX_LENGTH else set())


def _pages(here: Installation) -> Iterator[str]:
    folder = here.place.folder / "door"
    with here.app() as app:
        keep_present(app, here.office(app), folder)
    yield from (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.html")))


def _book_pages(here: Installation) -> Iterator[str]:
    """The workbook in a browser: every tab's rows and comment threads, as they come into a page."""
    visitor = Visitor(here.google, here.workbook).sign_in()
    for sheet in here.person().worksheets():
        part = visitor.get("part", gid=sheet.id, blocks="0,1,2,3,4,5").json()
        yield from (*part["blocks"].values(), part["threads"])


def _adopt_page(here: Installation) -> Iterator[str]:
    """What the workbook's headings are taken for, as a page."""
    with here.app() as app:
        yield AdoptPages(Desk(app, adopt(app, here.workbook), language("id"))).proposal()


def _panel(here: Installation) -> Iterator[str]:
    """The demo's panel: its outbox, and what the program said."""
    with here.app() as app:
        told = told_of(sync_job(app).text(language("id")))
    chapter = Chapter(1, "", "", told, (), told, 0)
    yield parts_of([chapter], list(arrived(here.mailbox.kept)), language("id"))


def live_tags(text: str) -> set[str]:
    """What of a page could be carried out; a browser shows every character of a text, and obeys none."""
    return _Tags(text).live


def _command(*words: str) -> Callable[[Installation], Iterator[str]]:
    def texts(here: Installation) -> Iterator[str]:
        out, errors = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(errors):
            run_cli(["--config", str(here.place.config), "--now", here.clock.now.isoformat(), *words])
        yield from (out.getvalue(), errors.getvalue())

    return texts


def _exported(kind: str, what: str) -> Callable[[Installation], Iterator[str]]:
    def texts(here: Installation) -> Iterator[str]:
        file = here.place.folder / f"door.{kind}"
        words = ("export", "--what", what, "--format", kind, "--out", str(file))
        list(_command(*words)(here))
        if kind == "csv":
            import csv

            with file.open(encoding="utf-8-sig", newline="") as opened:
                yield from (cell for row in csv.reader(opened) for cell in row)
        elif kind == "xlsx":
            book = openpyxl.load_workbook(file)
            yield from (f"{cell.data_type} {cell.value}" for sheet in book for row in sheet.iter_rows() for cell in row)
        else:
            yield file.read_text(encoding="utf-8")

    return texts


def _live_cell(text: str) -> set[str]:
    return {"formula"} if text.lstrip(" \t\r\n")[:1] in tuple(LIVE) and not _is_number(text) else set()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _formula_cell(text: str) -> set[str]:
    return ({"formula"} if text.startswith("f ") else set()) | steering(text)


DOORS: tuple[Door, ...] = (
    Door("mail, head", _heads, _harm_of_head),
    Door("mail, text", _bodies("plain"), steering),
    Door("mail, HTML", _bodies("html"), live_html),
    Door("letter (PDF)", _letters, lambda text: set() if text.startswith("%PDF-") else {"no PDF"}),
    Door("month's workbook (.xlsx)", _workbook_cells, _formula_cell),
    Door("pages in the sheet", _own_cells, lambda text: {"formula"} if text.startswith("==") else set()),
    Door("comments", _comments, _harm_of_comment),
    Door("pages as HTML", _pages, live_html),
    Door("workbook in a browser", _book_pages, live_tags),
    Door("adopt's page", _adopt_page, live_tags),
    Door("demo's panel", _panel, live_tags),
    Door("export, CSV of findings", _exported("csv", "findings"), _live_cell),
    Door("export, CSV of observations", _exported("csv", "observations"), _live_cell),
    Door("export, .xlsx", _exported("xlsx", "findings"), _formula_cell),
    Door("export, JSON", _exported("json", "findings"), steering),
    Door("terminal: status", _command("status"), steering),
    Door("terminal: deliveries", _command("deliveries"), steering),
    Door("terminal and log: sync -v", _command("-v", "sync"), steering),
)
