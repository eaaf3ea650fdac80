"""What people do to tabs, and what the program then takes for its own."""

from __future__ import annotations

import gspread
from gspread.utils import ValueRenderOption
from installation import Installation


def formulas(tab: gspread.Worksheet) -> list[list[str]]:
    return tab.get_all_values(value_render_option=ValueRenderOption.formula)


def own_ids(here: Installation, workbook: str = "") -> dict[str, int]:
    """Which tabs the program takes for its own."""
    with here.app() as app:
        return dict(app.store.workbooks(here.office(app).code)[workbook or here.workbook].own)


def renamed(book: gspread.Spreadsheet, title: str) -> None:
    book.worksheet(title).update_title(f"Ringkasan {title}")


def deleted(book: gspread.Spreadsheet, title: str) -> None:
    book.del_worksheet(book.worksheet(title))


def copied(book: gspread.Spreadsheet, title: str) -> None:
    book.duplicate_sheet(book.worksheet(title).id, new_sheet_name=f"Salinan dari {title}")


def moved(book: gspread.Spreadsheet, title: str) -> None:
    book.worksheet(title).update_index(0)
