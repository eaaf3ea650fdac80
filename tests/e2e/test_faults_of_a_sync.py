"""What goes wrong in a sync, and is well again: nothing is dropped, nothing is told twice, nothing looks newer than it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import stamina
from installation import Installation, installation
from snapshot import Kept

from sheets_sync.errors import RefusedError
from sheets_sync.google import GoogleClient, ReadWorkbook, Written
from sheets_sync.jobs.month import view_of
from sheets_sync.model import OfficeMonth, msg

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
COMMENTS = {"insertComment", "addCommentReply", "deleteComment"}
Requests = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation with the sample typed in."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path_factory.mktemp("office")) as fresh:
        yield Kept.of(fresh)


def month(here: Installation) -> OfficeMonth:
    """The office's month as it is known now."""
    with here.app() as app:
        return view_of(app, here.office(app)).month


def data_as_of(here: Installation) -> datetime:
    moment = month(here).data_as_of
    assert moment is not None
    return moment


def has_comments(requests: Requests) -> bool:
    return any(COMMENTS & request.keys() for request in requests)


def test_refused_comments_cost_no_page(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Google refuses comments the pages are written without them, in the same run, and a person is told."""
    write, refused = GoogleClient.write, []

    def without_comments(
        google: GoogleClient, workbook: str, requests: Requests, before: ReadWorkbook | None = None
    ) -> Written:
        if has_comments(requests):
            refused.append(workbook)
            raise RefusedError(msg("Google refused the comments"))
        return write(google, workbook, requests, before)

    monkeypatch.setattr(GoogleClient, "write", without_comments)
    first, _ = here.sync()
    assert (first.status, set(refused)) == (3, {here.workbook})
    assert {failure.about for failure in first.failures} == {here.workbook}
    assert first.written == {here.workbook: ["Rekap", "Perlu Dicek", "Rincian", "Indikator"]}
    assert here.person().worksheet("Rekap").get_all_values()


def test_comments_that_were_not_saved_are_tried_again(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Google writes the pages and says that no comment was saved: the next sync reads and sends them once more."""
    write, tried = GoogleClient.write, []

    def saves_no_comment(
        google: GoogleClient, workbook: str, requests: Requests, before: ReadWorkbook | None = None
    ) -> Written:
        tried.append(has_comments(requests))
        kept = [request for request in requests if not COMMENTS & request.keys()]
        if len(kept) == len(requests):
            return write(google, workbook, requests, before)
        done = write(google, workbook, kept or requests, before)
        return Written(done.after, done.at, comments_saved=False)

    monkeypatch.setattr(GoogleClient, "write", saves_no_comment)
    here.sync()
    monkeypatch.undo()
    again, counted = here.sync()
    assert tried == [True]
    assert (again.read, counted[WRITE]) == ((here.workbook,), 1)


def test_a_problem_is_told_until_the_workbook_can_be_read_again(here: Installation) -> None:
    """While it can't be read, its figures stay and say so; once it can, nothing is stale any more."""
    here.sync()
    before = month(here)
    here.person().worksheet("Tangkum").update([["77"]], "B6")
    here.google.conditions.fail("503", READ, times=None)
    here.sync()
    during = month(here)
    here.google.conditions.clear()
    well, _ = here.sync()
    assert [each.workbook for each in during.stale] == [here.workbook]
    assert [row.score for row in during.libraries] == [row.score for row in before.libraries]
    assert (well.status, month(here).stale) == (0, ())


def test_a_register_that_is_lost_costs_no_figure(here: Installation) -> None:
    """Its tab deleted: that is told as a failure, and every figure of the home workbook stays as it was."""
    here.sync()
    before, register = month(here), here.person().worksheet("Perpustakaan")
    rows = register.get_all_values()
    here.person().del_worksheet(register)
    lost, _ = here.sync()
    during = month(here)
    assert (lost.status, [failure.about for failure in lost.failures]) == (3, [here.workbook])
    assert [row.observations for row in during.libraries] == [row.observations for row in before.libraries]
    assert [row.score for row in during.libraries] == [row.score for row in before.libraries]
    here.person().add_worksheet("Perpustakaan", len(rows) + 5, len(rows[0])).update(rows, "A1")
    assert here.sync()[0].status == 0


def test_a_read_that_finds_nothing_new_makes_no_figure_younger(here: Installation) -> None:
    """Everything is read once a day: `data as of` stays, `read` moves on; an edit moves both."""
    here.sync()
    first = data_as_of(here)
    here.clock.now += timedelta(hours=24)
    daily, counted = here.sync()
    assert (daily.read, counted[READ], data_as_of(here)) == ((here.workbook,), 1, first)
    here.clock.now += timedelta(minutes=15)
    here.person().worksheet("Tangkum").update([["77"]], "B6")
    here.sync()
    assert data_as_of(here) > first


@pytest.mark.parametrize(("minutes", "reads"), [(24 * 60, 1), (24 * 60 - 1, 0)])
def test_the_daily_read_comes_when_a_day_is_over(here: Installation, minutes: int, reads: int) -> None:
    """Whatever Drive says, after a day everything is read; a minute before it is not."""
    here.sync()
    here.clock.now += timedelta(minutes=minutes)
    _, counted = here.sync()
    assert counted.get(READ, 0) == reads
