"""What `Rincian` says of a score's parts."""

from __future__ import annotations

from dataclasses import replace

import rekap_sample as sample

from sheets_sync.model import LibraryMonth, Score, State
from sheets_sync.rekap.details import details
from sheets_sync.rekap.moves import moved_by
from sheets_sync.rekap.page import Page


def rows_of(page: Page, library: str) -> dict[str, dict[str, str]]:
    """A library's rows by indicator, their texts by column title."""
    titles = [page.at(page.header, column).text for column in range(len(page.columns))]
    return {
        row.key.split("/")[1]: {title: page.at(number, column).text for column, title in enumerate(titles)}
        for number, row in enumerate(page.rows)
        if row.key.startswith(f"{library}/")
    }


def test_a_part_names_the_denominator_it_lacks() -> None:
    """An indicator with a numerator and no denominator is not called empty; what is missing is named."""
    context = sample.context()
    row = context.month.libraries[0]
    assert row.score
    part = row.score.parts[0]._replace(state=State.EMPTY, denominator=None, actual=None, points=None)
    row = replace(row, score=replace(row.score, parts=(part,)))
    visits = replace(context.labels.indicators["visits"], divided_by=("loans",))
    labels = replace(context.labels, indicators={"visits": visits})
    page = details(replace(context, month=replace(context.month, libraries=(row,)), labels=labels))
    assert rows_of(page, "tangkum")["visits"]["Keadaan"] == "Peminjaman belum ada"


def test_a_part_without_a_score_has_no_points() -> None:
    """Where there is no score, contribution and possible gain stay empty; with one they add up to the weight's share."""
    shown = rows_of(details(sample.context()), "lelu")["visits"]
    assert (shown["Sumbangan"], shown["Bisa bertambah"]) == ("", "")

    scored = replace(sample.office_month(), libraries=(sample.library_month("a", "A", 2.4, "low"),))
    shown = rows_of(details(sample.context(scored)), "a")["visits"]
    assert (shown["Sumbangan"], shown["Bisa bertambah"]) == ("2,40", "3,60")


def with_previous(row: LibraryMonth, shift: float) -> LibraryMonth:
    """A library whose first indicator gave so much less a month ago."""
    assert row.score
    first, *rest = row.score.parts
    before: Score = replace(row.score, parts=(first._replace(contribution=first.contribution - shift), *rest))
    return replace(row, previous=before)


def test_it_says_what_moved_a_score() -> None:
    """A fall and a rise name the indicator and its points; what moved nothing, or has no last month, says nothing."""
    context = sample.context()
    row = next(each for each in context.month.libraries if each.score and each.score.value is not None)
    assert moved_by(with_previous(row, -0.5), context).endswith("per kapita −0,50")
    assert moved_by(with_previous(row, 0.25), context).endswith("per kapita +0,25")
    assert moved_by(with_previous(row, 0.001), context) == ""
    assert moved_by(replace(row, previous=None), context) == ""
    shown = details(replace(context, month=replace(context.month, libraries=(with_previous(row, -0.5),))))
    assert any("Dibanding bulan lalu, dalam poin: " in cell.text for each in shown.rows for cell in each.cells)
