"""One library whose page, comment or mail can't be made is left out and told; the others miss nothing."""

from __future__ import annotations

import io
import math
import sys
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from doors import addressees, mails
from gspread.utils import ValueInputOption
from hypothesis import given
from hypothesis import strategies as st
from installation import MONTH, Installation
from rekap_sample import office_month

from sheets_sync.errors import ConfigError
from sheets_sync.google import ReadWorkbook
from sheets_sync.google.answers import workbook_of
from sheets_sync.i18n import Language, language
from sheets_sync.jobs.run import report_job
from sheets_sync.model import Library, LibraryMonth, OfficeMonth, OfficialScore, msg
from sheets_sync.model.left_out import LeftOut, without, without_failing
from sheets_sync.model.rounding import apportion, round_half_up, shown_difference
from sheets_sync.rekap import summary
from sheets_sync.rekap.context import MOST, figure, share
from sheets_sync.reports.render import Renderer

TYPED = ValueInputOption.user_entered
HUGE = st.one_of(st.floats(), st.sampled_from([1e30, -1e30, 1e15, 1e308, math.inf, -math.inf, math.nan]))


def rows(here: Installation) -> dict[str, str]:
    """Each library's status on `Rekap`."""
    values = here.person().worksheet("Rekap").get_all_values()
    return {row[0]: row[1] for row in values if row[0].startswith("Perpustakaan Desa") and row[1]}


@given(HUGE, st.integers(0, 6), st.sampled_from(["id", "en"]))
def test_any_number_can_be_rounded_and_written(value: float, decimals: int, code: str) -> None:
    """Neither 1E+30 nor what is no number at all stops a page or a mail."""
    t = language(code)
    rounded = round_half_up(value, decimals)
    assert rounded == pytest.approx(value, abs=10.0**-decimals, nan_ok=True)
    assert len(t.number(value, decimals)) <= 40
    assert len(t.number(value)) <= 40
    assert t.percent(value)
    assert t.number(math.nan) == "–"


@given(st.lists(HUGE, max_size=5), HUGE)
def test_parts_of_any_numbers_can_be_shown(values: list[float], total: float) -> None:
    """Sums of what is no number are shown as they are."""
    assert len(apportion([abs(value) for value in values], abs(total))) == len(values)
    shown_difference(total, values[0] if values else None)


@given(HUGE)
def test_a_cell_gets_no_number_that_google_refuses_or_shows_otherwise(value: float) -> None:
    """JSON has no NaN, and of 1E+30 Sheets would show other digits at every look, so that it would be written for ever."""
    for cell in (figure(value, language("id")), share(value, language("id"))):
        assert cell.number is None or abs(cell.number) <= MOST
        assert cell.text


def test_whole_numbers_of_any_length_can_be_shown() -> None:
    """A figure of four hundred digits in a question is told somehow."""
    assert language("id").number(10**400) == "–"
    assert language("id")(msg("{n}", n=10**20)) == "1E+20"


def failing(month: OfficeMonth, _: tuple[LeftOut, ...]) -> list[str]:
    for row in month.libraries:
        if row.library.code in ("pangkan", "lelu"):
            raise ZeroDivisionError
    return [row.library.code for row in month.libraries]


def test_who_is_to_blame_is_left_out() -> None:
    """Exactly the libraries with which alone it fails; the kind of failure is told, not its words."""
    made, gone = without_failing(failing, office_month())
    assert made == ["tangkum", "turan"]
    assert [(each.library.code, each.problem) for each in gone] == [
        ("pangkan", "ZeroDivisionError"),
        ("lelu", "ZeroDivisionError"),
    ]


def test_what_fails_without_any_library_is_nobodys_fault() -> None:
    """A failure that has nothing to do with a library is not hidden."""

    def broken(month: OfficeMonth, _: tuple[LeftOut, ...]) -> None:
        raise KeyError(len(month.libraries))

    with pytest.raises(KeyError):
        without_failing(broken, office_month())


@pytest.mark.incident("row-cant-be-made")
def test_a_row_that_cant_be_made_is_left_out_of_the_pages(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others' rows stand and are new; the operator is told, and `Perlu Dicek` says who is missing."""
    before, make = rows(here), summary._library

    def fails(row: LibraryMonth, context: Any) -> Any:
        if row.library.tab == "Pangkan":
            raise OverflowError("\x1b[31m")
        return make(row, context)

    monkeypatch.setattr(summary, "_library", fails)
    here.person().worksheet("Tangkum").update([["77"]], "B6", value_input_option=TYPED)
    outcome, _ = here.sync()
    (told,) = (str(failure.message) for failure in outcome.failures)
    assert outcome.status == 3
    assert "Perpustakaan Desa Pangkan" in told
    assert "\x1b" not in told
    assert rows(here).keys() == before.keys() - {"Perpustakaan Desa Pangkan"}
    asked = [row for row in here.person().worksheet("Perlu Dicek").get_all_values() if row[0].startswith("INFO-")]
    assert any("Perpustakaan Desa Pangkan" in " ".join(row) for row in asked)

    monkeypatch.undo()
    here.person().worksheet("Tangkum").update([["78"]], "B6", value_input_option=TYPED)
    assert here.sync()[0].status == 0
    assert rows(here).keys() == before.keys()


@pytest.mark.incident("row-cant-be-made")
def test_a_mail_that_cant_be_made_stops_no_other(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """All others get theirs, the office reads who did not, and the outcome says so."""
    make = Renderer.library

    def fails(self: Renderer, month: OfficeMonth, entry: LibraryMonth) -> Any:
        if entry.library.tab == "Pangkan":
            raise OverflowError
        return make(self, month, entry)

    monkeypatch.setattr(Renderer, "library", fails)
    with here.app() as app:
        outcome = report_job(app, here.office(app), MONTH)
        addresses = {address for each in app.store.libraries(here.office(app).code) for address in each.emails}
    arrived = [address for message in mails(here) for address in addressees(message)]
    office = [message for message in mails(here) if addressees(message)[0] not in addresses]
    body = office[0].get_body(preferencelist=("plain",))
    assert outcome.status == 3
    assert ["Perpustakaan Desa Pangkan" in str(each) for each in outcome.left_out] == [True]
    assert addresses - set(arrived) == {"pangkan@example.org"}
    assert body is not None
    assert "Perpustakaan Desa Pangkan tidak termuat" in body.get_content()


def test_a_wrong_configuration_is_no_librarys_fault(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates that can't be used are told as such, and nothing is sealed without its mails."""

    def fails(*_: object) -> Any:
        raise ConfigError(msg("template"))

    monkeypatch.setattr(Renderer, "library", fails)
    with here.app() as app:
        with pytest.raises(ConfigError):
            report_job(app, here.office(app), MONTH)
        assert app.store.latest_seal(here.office(app).code, MONTH) is None


@pytest.mark.incident("refused-comment")
def test_a_comment_that_google_refuses_costs_no_other(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """One library's comment is too long for Google: pages and the others' comments are written, and it is told."""
    module = sys.modules["sheets_sync.comments.reconcile"]  # its function has the same name
    make = module.comment

    def too_long(finding: Any, t: Language) -> str:
        return str(make(finding, t)) + ("x" * 4000 if finding.library == "perpusdes-pangkan" else "")

    monkeypatch.setattr(module, "comment", too_long)
    book = here.person()
    for title in ("Pangkan", "Tangkum", "Turan Amis"):
        book.worksheet(title).update([["kira-kira 9"]], "B6", value_input_option=TYPED)
    outcome, counted = here.sync()
    (told,) = (str(failure.message) for failure in outcome.failures)
    with here.app() as app:
        grid = app.google(app.settings.key_file(here.office(app))).read(here.workbook).grid
    titles = {tab.sheet_id: tab.title for tab in grid.tabs}
    asked = {titles[thread.sheet_id or 0] for thread in grid.comments if thread.quote == "kira-kira 9"}
    assert outcome.status == 3
    assert "perpusdes-pangkan" in told
    assert asked == {"Tangkum", "Turan Amis"}
    assert "Rekap" in outcome.written[here.workbook]
    assert counted["sheets.spreadsheets.batchUpdate"] == 3


@pytest.mark.incident("absurd-score")
def test_an_official_score_of_1e30_stops_nobody(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if such a score came to be known, every page and mail is made, and nothing is written twice."""
    absurd = OfficialScore(1e30, "2024")

    def with_score(libraries: tuple[Library, ...]) -> tuple[Library, ...]:
        return tuple(replace(each, official=absurd) if each.tab == "Pangkan" else each for each in libraries)

    from sheets_sync.jobs import month as month_module

    view = month_module.month_view

    def with_absurd(office: Any, memory: Any, *rest: Any) -> Any:
        return view(office, replace(memory, libraries=with_score(memory.libraries)), *rest)

    for place in ("sheets_sync.jobs.sync.month_view", "sheets_sync.jobs.month.month_view"):
        monkeypatch.setattr(place, with_absurd)
    here.person().worksheet("Tangkum").update([["77"]], "B6", value_input_option=TYPED)
    first, _ = here.sync()
    here.person().worksheet("Tangkum").update([["noted"]], "T6", value_input_option=TYPED)
    second, _ = here.sync()
    with here.app() as app:
        report = report_job(app, here.office(app), MONTH)
    assert (first.status, second.status, report.status) == (0, 0, 0)
    assert "1E+30" in [cell for row in here.person().worksheet("Rekap").get_all_values() for cell in row]
    assert "Rekap" not in second.written.get(here.workbook, ())


ANSWERS: tuple[Any, ...] = (
    {},
    {"sheets": []},
    {"sheets": None},
    [],
    None,
    {"sheets": [{}]},
    {"properties": {"title": "x"}},
)


@pytest.mark.incident("empty-answer")
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_empty_answer_is_no_empty_workbook(
    here: Installation, monkeypatch: pytest.MonkeyPatch, answer: Any, method: str
) -> None:
    """It is told as Google's fault; figures stay, no tab is said to be missing, and the next run puts all right."""
    figures = here.library("Tangkum").observations
    here.person().worksheet("Tangkum").update([["77"]], "B6", value_input_option=TYPED)
    calls = list[str]()

    def broken(found: Any, workbook: str, before: ReadWorkbook | None = None) -> ReadWorkbook:
        calls.append(workbook)
        cut_off = len(calls) == (1 if method == "get" else 2)  # the read comes before the write
        return workbook_of(answer if cut_off else found, workbook, before)

    monkeypatch.setattr("sheets_sync.google.client.workbook_of", broken)
    outcome, _ = here.sync()
    monkeypatch.undo()
    (told,) = (str(failure.message) for failure in outcome.failures)
    assert outcome.status == 3
    assert "empty or cut off" in told
    if method == "get":
        assert here.library("Tangkum").observations == figures
    assert here.sync()[0].status == 0
    assert {"Rekap", "Perlu Dicek"} <= {tab.title for tab in here.person().worksheets()}


def libraries_of(part: object) -> list[Library]:
    """The libraries that a step is given."""
    if isinstance(part, LibraryMonth):
        return [part.library]
    several = part if isinstance(part, (list, tuple)) else [part]
    return [each for each in several if isinstance(each, Library)]


def failing_with(monkeypatch: pytest.MonkeyPatch, module: str, name: str, tab: str = "Pangkan") -> None:
    """A step of the scoring fails as soon as a library is among those it is given."""
    make = getattr(sys.modules[module], name)

    def fails(*args: Any, **kwargs: Any) -> Any:
        if any(library.tab == tab for part in args for library in libraries_of(part)):
            raise ZeroDivisionError
        return make(*args, **kwargs)

    monkeypatch.setattr(sys.modules[module], name, fails)


@pytest.mark.incident("scoring-fails")
@pytest.mark.parametrize("step", ["checked_of", "cube_of", "_library_month"])
def test_a_library_that_cant_be_scored_stops_no_other(
    here: Installation, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The others are scored, shown and mailed; who is missing is told by every sync, the page and the report."""
    before = rows(here)
    failing_with(monkeypatch, "sheets_sync.jobs.month", step)
    here.person().worksheet("Tangkum").update([["77"]], "B6", value_input_option=TYPED)
    told = [[str(failure.message) for failure in here.sync()[0].failures] for _ in range(2)]
    listed = here.person().worksheet("Perlu Dicek").get_all_values()
    with here.app() as app:
        outcome = report_job(app, here.office(app), MONTH)
    arrived = [address for message in mails(here) for address in addressees(message)]
    assert [["Perpustakaan Desa Pangkan" in each for each in those] for those in told] == [[True], [True]]
    assert rows(here).keys() == before.keys() - {"Perpustakaan Desa Pangkan"}
    assert any(row[0].startswith("INFO-") and "Perpustakaan Desa Pangkan" in " ".join(row) for row in listed)
    assert {"tangkum@example.org", "turan.amis@example.org"} <= set(arrived)
    assert "pangkan@example.org" not in arrived
    assert ["Perpustakaan Desa Pangkan" in str(each) for each in outcome.left_out] == [True]

    monkeypatch.undo()
    assert here.sync()[0].status == 0
    assert rows(here).keys() == before.keys()


@pytest.mark.incident("letter-cant-be-made")
@pytest.mark.parametrize("part", ["letter", "workbook"])
def test_a_library_that_the_letter_cant_be_made_with_is_told_in_it(
    here: Installation, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Letter and .xlsx are made without it and say so, as do the office's mail and the outcome; its own mail goes."""
    module = "sheets_sync.reports.letter" if part == "letter" else "sheets_sync.reports.workbook"
    failing_with(monkeypatch, module, "library_report" if part == "letter" else "_summary_row")
    letters, make = list[str](), sys.modules["sheets_sync.reports.attachments"].letter_pdf

    def kept(words: Any, context: Any) -> Any:
        letters.append(repr(words))
        return make(words, context)

    monkeypatch.setattr("sheets_sync.reports.attachments.letter_pdf", kept)
    with here.app() as app:
        outcome = report_job(app, here.office(app), MONTH)
        seal = app.store.latest_seal(here.office(app).code, MONTH)
    assert seal is not None
    (content,) = (each.content for each in seal.files if each.name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    written = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    said = [" ".join(str(message.get_body(("plain",))).split()) for message in mails(here)]
    assert outcome.status == 3
    assert any("Perpustakaan Desa Pangkan tidak termuat" in text for text in written)
    assert "Perpustakaan Desa Pangkan tidak termuat" in letters[-1]
    assert any("Perpustakaan Desa Pangkan tidak termuat" in text for text in said)
    assert any("Perpustakaan Desa Pangkan" in str(each) for each in outcome.left_out)
    assert "pangkan@example.org" in [address for message in mails(here) for address in addressees(message)]


def test_nobody_is_to_blame_where_there_is_nobody() -> None:
    """An office without libraries, for which nothing can be made, hears why."""

    def make(_: object, __: object) -> None:
        raise ConfigError(msg("No scheme holds."))

    with pytest.raises(ConfigError):
        without(make, [])
