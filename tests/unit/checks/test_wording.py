"""A question says where its answer goes, as that place is called in the sheet."""

from __future__ import annotations

from datetime import date

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, Typed, read, tab

from sheets_sync.checks import CheckOptions, check
from sheets_sync.config.office import Office, TabNames
from sheets_sync.i18n import language
from sheets_sync.model import Finding

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")
VISITS = (912, 955, 921, 0, 940, 933)
ENGLISH = Office(code="demo", name="Demo", workbook="book", language="en", tabs=TabNames(questions="To check"))


def questions(*rows: list[Typed], office: Office = OFFICE, title: str = "Tangkum") -> list[Finding]:
    """The questions about a tab with these rows."""
    seen = read(tab(title, *rows), office=office)
    checked = check(
        seen.observations, read=seen.findings, notes=(*seen.notes, *seen.note_columns), libraries=LIBRARIES,
        elements=ELEMENTS, options=CheckOptions(), office=office, today=date(2024, 12, 1),
    )  # fmt: skip
    return [finding for finding in checked.found if finding.severity == "E"]


def rows(heading: str | None) -> list[list[Typed]]:
    figures: list[list[Typed]] = [[f"{month} 2024", value] for month, value in zip(MONTHS, VISITS, strict=True)]
    return [["Bulan", "Pengunjung di tempat", heading], *figures]


@pytest.mark.parametrize(
    ("heading", "indonesian", "english"),
    [
        ("Keterangan", "di kolom “Keterangan” pada baris itu", "in the column “Keterangan” of the row"),
        ("Catatan", "di kolom “Catatan” pada baris itu", "in the column “Catatan” of the row"),
        ("Remarks", "di kolom “Remarks” pada baris itu", "in the column “Remarks” of the row"),
        (None, "di kolom Alasan pada tab “Perlu Dicek”", "in the column Reason of the tab “Perlu Dicek”"),
    ],
)
def test_the_place_for_a_reason_is_one_that_there_is(heading: str | None, indonesian: str, english: str) -> None:
    """The column for notes under its own heading where the row has one, else the list of questions."""
    [question] = questions(*rows(heading))

    assert indonesian in language("id")(question.message)
    assert english in language("en")(question.message)


def test_the_list_of_questions_is_called_as_the_office_calls_it() -> None:
    """An office that works in English never reads of a column Keterangan or a tab Perlu Dicek."""
    [question] = questions(*rows(None), office=ENGLISH)

    text = language("en")(question.message)
    assert "in the column Reason of the tab “To check”" in text
    assert "Keterangan" not in text


def test_a_form_with_elements_as_rows_is_asked_in_its_own_words() -> None:
    """Without a column for notes beside the months, none is named; with one, the row of the element has it."""
    months: list[Typed] = ["Uraian", *(f"{month} 2024" for month in MONTHS)]
    [bare] = questions(months, ["Pengunjung di tempat", *VISITS])
    [noted] = questions([*months, "Ket"], ["Pengunjung di tempat", *VISITS])

    assert "Perlu Dicek" in language("id")(bare.message)
    assert "di kolom “Ket” pada baris itu" in language("id")(noted.message)


def test_only_the_rows_of_its_table_have_a_notes_column() -> None:
    """A second table of the tab without such a column is asked about in the list of questions."""
    loans: list[list[Typed]] = [[f"{m} 2023", v] for m, v in zip(MONTHS, VISITS, strict=True)]
    above, below = questions(*rows("Keterangan"), [], [], ["Bulan", "Peminjaman"], *loans)

    texts = {finding.element: language("id")(finding.message) for finding in (above, below)}
    assert "kolom “Keterangan”" in texts["visits_onsite"]
    assert "tab “Perlu Dicek”" in texts["loans"]


def test_every_question_for_a_reason_names_a_place() -> None:
    """Also those about a month as a whole."""
    empty: list[Typed] = ["Januari 2024", 0, 0, 0]
    header: list[Typed] = ["Bulan", "Pengunjung di tempat", "Peminjaman", "Peserta"]
    [question] = questions(header, empty)

    assert question.rule_code == "E-ALL-ZERO"
    assert "mohon tulis di kolom Alasan pada tab “Perlu Dicek”" in language("id")(question.message)
