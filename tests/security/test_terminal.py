"""What is printed is text: nothing that somebody typed steers the terminal, whatever the command and the stream."""

from __future__ import annotations

import ast
import io
import json
import logging
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st
from installation import MONTH, Installation, installation
from places import ROOT
from rich.console import Console

from sheets_sync.cli.group import run_cli
from sheets_sync.cli.terminal import Printable, for_terminal, harmless_json
from sheets_sync.i18n import language
from sheets_sync.mail.ledger import DeliveryKey, DeliveryState, Planned
from sheets_sync.model import msg
from sheets_sync.model.text import printable
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, RowKind
from sheets_sync.rekap.terminal import terminal

STEERING = [text for text in hostile.TEXTS if not text.isprintable()]
TYPABLE = [text for text in STEERING if text.isprintable() or "\ud800" not in text]


def steering(text: str) -> set[str]:
    """The characters of a text that a terminal may obey: control, direction, what can't be seen."""
    return {
        f"U+{ord(mark):04X}"
        for mark in text
        if mark != "\n" and not mark.isprintable() and unicodedata.category(mark) != "Zs"
    }


@given(st.text())
def test_printable_text_steers_nothing_and_says_the_same(text: str) -> None:
    """Control and direction characters are gone, lines stay lines, and everything else is as it was."""
    shown = printable(text)
    assert steering(shown) == set()
    assert shown.count("\n") == text.count("\n")
    assert [mark for mark in shown if mark.isalnum()] == [mark for mark in text if mark.isalnum()]
    assert printable(shown) == shown


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_steers_nothing_and_loses_nothing(document: object) -> None:
    """A document reads back equal, though no character of it steers a terminal."""
    text = harmless_json(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(text) == document
    assert [mark for mark in text if mark != "\n" and not mark.isprintable()] == []


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The sample, in which people typed what steers a terminal into names, titles, cells and notes."""
    folder = tmp_path_factory.mktemp("terminal")
    with stamina.set_testing(True, attempts=2), installation(folder / "here") as fresh:
        book = fresh.person()
        register = book.worksheet("Perpustakaan")
        heads = register.row_values(2)
        columns = [heads.index(head) + 1 for head in heads if head in ("Nama", "PIC", "Kecamatan", "E-mail", "Alias")]
        texts = iter(TYPABLE * 4)
        for row in (3, 4, 5):
            for column in columns:
                register.update_cell(row, column, f"Desa {next(texts)} {row}")
        book.worksheet("Pangkan").update_cell(4, 3, "\x1b[31m12 buku\u202e")
        book.update_title("Buku \x1b]0;judul\x07 \u202ekerja")
        fresh.sync()
        with fresh.app() as app:
            known = app.store.libraries("barito-timur")
            assert steering("".join(library.name + library.pic for library in known)), "nothing hostile was read"
            key = DeliveryKey("barito-timur", "library", MONTH, "t\x1b[2J", "ibu@example.org")
            app.store.deliveries.plan([Planned(key, b"x")], app.clock())
            app.store.deliveries.resolve(key.id, DeliveryState.UNKNOWN, "451 \x1b[31m\r\nbohong\u202e", app.clock())
        yield fresh


COMMANDS = [
    ["sync", "--full", "-v"],
    ["status"],
    ["doctor"],
    ["deliveries"],
    ["deliveries", "settle", "tidak-ada\x1b[31m", "again"],
    ["explain", "pangkan", "2024-10"],
    ["explain", "\x1b[31mtidak ada\u202e", "2024-10"],
    ["explain", "pangkan", "2024-\x1b"],
    ["adopt", "WORKBOOK"],
    ["report", "--period", "2024-10", "--rehearse", "OUT"],
    ["export", "--what", "findings", "--format", "json"],
    ["setup", "\x1b[31m"],
    ["--lang", "\x1b[31m\u202e", "status"],
    ["\x1b[31m\u202e"],
    ["sync", "--\x1b[31m"],
    ["--now", "\x1b[31m", "status"],
    ["--config", "\x1b[31m\u202e/x", "status"],
    ["scheme", "diff", "\x1b[31m"],
    ["restore", "\x1b[31m"],
    ["forget", "\x1b[31m@x"],
]


@pytest.mark.incident("terminal-escapes")
@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words).encode("unicode_escape").decode())
def test_no_command_prints_what_steers_a_terminal(
    here: Installation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    as_json: bool,
) -> None:
    """Output and errors of every command are free of it, in text and in JSON; text stays readable."""
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)  # as on a terminal
    filled = [word.replace("WORKBOOK", here.workbook).replace("OUT", str(here.place.folder / "out")) for word in words]
    run_cli(
        ["--config", str(here.place.config), "--now", "2024-11-05T08:00", *(["--json"] if as_json else []), *filled]
    )
    said = capsys.readouterr()
    assert steering(said.out + said.err) == set()
    assert said.out + said.err


def test_a_name_adds_no_line_of_its_own(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """What a server said in two lines stays on the line of its delivery: nobody can make a line that looks like ours."""
    run_cli(["--config", str(here.place.config), "deliveries"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.strip().startswith("bohong")] == []
    assert [line for line in lines if "bohong" in line] != []


@given(st.text())
def test_what_was_typed_stays_on_the_line_of_its_sentence(text: str) -> None:
    """A sentence with typed text in it is one line, also where that text stands in a list or in a sentence of its own."""
    t = for_terminal(language("id"))
    inner = msg("<{typed}>", typed=text)
    assert "\n" not in t(msg("{typed} {many} {inner}", typed=text, many=[text, text], inner=inner))
    assert t(msg("{number} {month}", number=1234.5, month=MONTH)) == "1.234,5 Oktober 2024"


def fail() -> None:
    raise ValueError("\x1b[31m\u202e")


@pytest.mark.incident("terminal-escapes")
def test_a_log_line_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """What goes to the log is made harmless, a traceback's texts too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Printable("%(message)s"))
    log = logging.getLogger("sheets_sync.test_terminal")
    log.addHandler(handler)
    try:
        fail()
    except ValueError:
        log.exception("buku %s", "\x1b]0;x\x07")
    finally:
        log.removeHandler(handler)
    assert steering(capsys.readouterr().err) == set()


def test_the_table_on_a_terminal_steers_nothing() -> None:
    """The demo's table of Rekap shows names on one line, without what steers."""
    cells = tuple(PageCell(text) for text in STEERING)
    rows = (Row(cells, kind=RowKind.LINE), Row(cells), Row(cells, key="x"))
    out = io.StringIO()
    Console(file=out, width=2000).print(
        terminal(Page("rekap", "Rekap", (PageColumn(msg("x"), 9),) * 20, rows, header=1))
    )
    assert steering(out.getvalue()) == set()
    assert len(out.getvalue()) > 100


PRINTING = {"click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write", "traceback.print_exception"}


def test_there_is_one_door() -> None:
    """No module of the package prints past cli/terminal, but for rich, which gets harmless texts, and the exported bytes."""
    package = ROOT / "sheets_sync"
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in PRINTING
    }
    assert found == {str(Path("cli") / "terminal.py")}
