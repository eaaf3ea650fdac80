"""Tables as people draw them, answers of forms, spans of years: the harder half of what `adopt` is tried on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from types import MappingProxyType

from adopt_workbooks import (
    JANUARY_2024,
    MONTHS,
    NAMES,
    YEAR_2024,
    Headings,
    Made,
    Typed,
    day,
    figures,
    keys,
    row_of,
    row_over,
    tab_of,
)

from sheets_sync.intake.options import Layout
from sheets_sync.model.grid import NumberKind

_STARTS = (0, 31, 60, 91, 121, 152, 182)  # of the months of 2024, in days
_PEOPLE = {
    "Alamat Email": ("a@x.org", "b@x.org", "c@x.org"),
    "Nama petugas": ("Ibu Sari", "Pak Udin", "Ibu Sari"),
    "No HP": ("0812 3456 7890", "0813 3456 7890", "0852 3456 7890"),
}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LONG = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip
_ALL_2024 = tuple(f"2024-{month:02}" for month in range(1, 13))


def _form(
    random: Random,
    headings: Headings,
    months: Sequence[Typed],
    month_heading: str,
    library_heading: str = "Nama Perpustakaan",
    asked: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Made:
    """Answers, some corrected a day later; the stamps are moments of the sheet's own.

    `asked` are questions before that of the library, with what each library's people answer.
    """
    truth = figures(random, headings, NAMES)
    stamp = random.choice(("Timestamp", "Stempel waktu", "Cap waktu"))
    rows: list[list[Typed]] = [[stamp, *asked, library_heading, month_heading, *headings]]
    for m, month in enumerate(months, 1):
        for n, library in enumerate(NAMES):
            right = row_of(truth, library, headings, m)
            came = JANUARY_2024 + _STARTS[m] + 2 + random.random()
            said = [answers[n] for answers in asked.values()]
            if random.random() < 0.3:
                rows.append([_stamp(came), *said, library, month, *(figure + 1 for figure in right)])
            rows.append([_stamp(came + 1), *said, library, month, *right])
    return [tab_of(1, random.choice(("Form Responses 1", "Jawaban Formulir 1", "Respons")), rows)], truth


def _stamp(moment: float) -> Typed:
    return day(moment, "whatever it shows", NumberKind.DATE_TIME)


def form_answers(random: Random, headings: Headings) -> Made:
    """The month from a list; nobody says the year but the time stamp."""
    return _form(random, headings, MONTHS, random.choice(("Bulan Laporan", "Bulan", "Laporan untuk bulan")))


def form_with_years(random: Random, headings: Headings) -> Made:
    """The month with its year from a list, beside an address and a name."""
    months = [f"{month} 2024" for month in MONTHS]
    return _form(random, headings, months, "Bulan", asked=_PEOPLE)


def form_with_strange_questions(random: Random, headings: Headings) -> Made:
    """The library and the month below headings that nobody knows, behind the people's addresses and names."""
    months = [f"{month} 2024" for month in MONTHS]
    return _form(random, headings, months, "Laporan untuk", "Asal", _PEOPLE)


def form_with_dates(random: Random, headings: Headings) -> Made:
    """The month as a date."""
    months = [day(JANUARY_2024 + start, "whatever it shows") for start in _STARTS[:6]]
    return _form(random, headings, months, "Periode")


def form_with_numbers(random: Random, headings: Headings) -> Made:
    """The month as a number from a list."""
    return _form(random, headings, [*map(float, range(1, 7))], "Bulan")


def libraries_down(random: Random, headings: Headings) -> Made:
    """A tab per element, its name in a line above the table, the months in full below the year, then sum and signature."""
    truth = figures(random, headings, NAMES)
    tabs = []
    for n, (heading, key) in enumerate(zip(headings, keys(headings), strict=True)):
        rows: list[list[Typed]] = [[heading], ["Tahun 2024"], ["No", "Perpustakaan", *MONTHS, "Jumlah"]]
        for number, library in enumerate(NAMES, 1):
            row = row_over(truth, library, key)
            rows.append([float(number), library, *row, sum(row)])
        total = [sum(truth[library, key, period] for library in NAMES) for period in YEAR_2024]
        rows += [[None, "JUMLAH", *total, sum(total)], [], [None, "Mengetahui,"], [None, "Kepala Dinas"]]
        tabs.append(tab_of(n, f"Tabel {n + 1}", rows))
    return tabs, truth


def a_form_per_library(random: Random, headings: Headings) -> Made:
    """A tab per library: elements down, 1..12 across below a heading Bulan, a line that numbers the columns."""
    truth = figures(random, headings, NAMES, _ALL_2024)
    tabs = []
    for n, library in enumerate(NAMES):
        rows: list[list[Typed]] = [
            ["LAPORAN KEGIATAN PERPUSTAKAAN TAHUN 2024"],
            ["No", "Uraian", "Bulan", *[None] * 11, "Jumlah"],
            [None, None, *map(float, range(1, 13)), None],
        ]
        for number, (heading, key) in enumerate(zip(headings, keys(headings), strict=True), 1):
            row = row_over(truth, library, key, _ALL_2024)
            rows.append([float(number), heading, *row, sum(row)])
        tabs.append(tab_of(n, library, rows))
    return tabs, truth


def roman_months(random: Random, headings: Headings) -> Made:
    """A tab per library: elements down, I..XII across."""
    truth = figures(random, headings, NAMES, _ALL_2024)
    tabs = []
    for n, library in enumerate(NAMES):
        rows: list[list[Typed]] = [["Tahun 2024"], ["No", "Uraian", *_ROMAN]]
        for number, (heading, key) in enumerate(zip(headings, keys(headings), strict=True), 1):
            rows.append([float(number), heading, *row_over(truth, library, key, _ALL_2024)])
        tabs.append(tab_of(n, library, rows))
    return tabs, truth


def stacked_years(random: Random, headings: Headings) -> Made:
    """A tab per library, a table for each year below the other."""
    truth = figures(random, headings, NAMES, [*(f"2023-{m:02}" for m in range(1, 7)), *YEAR_2024])
    tabs = []
    for n, library in enumerate(NAMES):
        rows: list[list[Typed]] = []
        for year in (2023, 2024):
            rows += [[f"Tahun {year}"], ["Bulan", *headings]]
            for m, month in enumerate(MONTHS, 1):
                rows.append([month, *(truth[library, key, f"{year}-{m:02}"] for key in keys(headings))])
            rows += [["Jumlah", *[1.0] * len(headings)], []]
        tabs.append(tab_of(n, library, rows))
    return tabs, truth


def a_span_of_years(random: Random, headings: Headings) -> Made:
    """One tab named after two years; the months from April to March do not say which."""
    periods = [*(f"2023-{m:02}" for m in range(4, 13)), *(f"2024-{m:02}" for m in range(1, 4))]
    truth = figures(random, headings, NAMES, periods)
    rows: list[list[Typed]] = [["Perpustakaan", "Bulan", *headings]]
    for library in NAMES:
        for period in periods:
            month = _LONG[int(period[5:]) - 1]
            rows.append([library, month, *(truth[library, key, period] for key in keys(headings))])
    return [tab_of(1, "Data 2023-24", rows)], truth


def with_parts(random: Random, headings: Headings) -> Made:
    """A tab per library, three columns below each heading without a merge: men, women, both."""
    truth = figures(random, headings, NAMES)
    tabs = []
    for n, library in enumerate(NAMES):
        above: list[Typed] = ["Bulan"]
        below: list[Typed] = [None]
        for heading in headings:
            above += [heading, None, None]
            below += ["L", "P", "Jumlah"]
        rows: list[list[Typed]] = [["Tahun 2024"], above, below]
        for m, month in enumerate(MONTHS, 1):
            rows.append([month])
            for key, figure in zip(keys(headings), row_of(truth, library, headings, m), strict=True):
                men, women = figure // 2, figure - figure // 2
                rows[-1] += [men, women, figure]
                if key == "participants":  # of them the parts are elements as well
                    period = f"2024-{m:02}"
                    truth |= {(library, f"{key}_men", period): men, (library, f"{key}_women", period): women}
        tabs.append(tab_of(n, library, rows))
    return tabs, truth


def with_targets(random: Random, headings: Headings) -> Made:
    """A tab per library, below each heading target and what was reached, and how much that is of it."""
    truth = figures(random, headings, NAMES)
    tabs = []
    for n, library in enumerate(NAMES):
        above: list[Typed] = ["Bulan"]
        below: list[Typed] = [None]
        for heading in headings:
            above += [heading, None, None]
            below += ["Target", "Realisasi", "%"]
        rows: list[list[Typed]] = [["Tahun 2024"], above, below]
        for m, month in enumerate(MONTHS, 1):
            rows.append([month])
            for figure in row_of(truth, library, headings, m):
                rows[-1] += [10000.0, figure, figure / 100]
        tabs.append(tab_of(n, library, rows))
    return tabs, truth


def a_month_per_tab(random: Random, headings: Headings) -> Made:
    """A tab per month named after it: libraries down, elements across, a sum at the foot."""
    truth = figures(random, headings, NAMES)
    tabs = []
    for m, month in enumerate(MONTHS, 1):
        rows: list[list[Typed]] = [["No", "Nama Perpustakaan", *headings]]
        rows += [[float(n), library, *row_of(truth, library, headings, m)] for n, library in enumerate(NAMES, 1)]
        rows.append([None, "JUMLAH", *[1.0] * len(headings)])
        tabs.append(tab_of(m, f"{month} 2024", rows))
    return tabs, truth


def this_month_and_before(random: Random, headings: Headings) -> Made:
    """A tab per month: elements down, a library's last month, this month and the sum so far across."""
    truth = figures(random, headings, NAMES[:1])
    tabs = []
    for m, month in enumerate(MONTHS, 1):
        rows: list[list[Typed]] = [
            [f"Nama Perpustakaan: {NAMES[0]}"], [f"Bulan: {month} 2024"], ["No", "Uraian", "Bulan lalu", "Bulan ini", "s.d. bulan ini"]
        ]  # fmt: skip
        for number, (heading, key) in enumerate(zip(headings, keys(headings), strict=True), 1):
            series = row_over(truth, NAMES[0], key)
            rows.append([float(number), heading, series[m - 2] if m > 1 else None, series[m - 1], sum(series[:m])])
        tabs.append(tab_of(m, f"{month} 2024", rows))
    return tabs, truth


def libraries_and_elements(random: Random, headings: Headings) -> Made:
    """One tab: a row for each library and element, the library's name only beside its first."""
    truth = figures(random, headings, NAMES)
    rows: list[list[Typed]] = [["REKAPITULASI TAHUN 2024"], [], ["No", "Perpustakaan", "Uraian", *MONTHS, "Jumlah"]]
    for number, library in enumerate(NAMES, 1):
        for heading, key in zip(headings, keys(headings), strict=True):
            row = row_over(truth, library, key)
            rows.append([float(number), library, heading, *row, sum(row)])
    return [tab_of(1, "Rekap tahunan", rows)], truth


DRAWN: Mapping[str, tuple[Layout, Callable[[Random, Headings], Made]]] = {
    "form answers": (Layout.ANSWERS, form_answers),
    "form with years": (Layout.ANSWERS, form_with_years),
    "form with strange questions": (Layout.ANSWERS, form_with_strange_questions),
    "form with dates": (Layout.ANSWERS, form_with_dates),
    "form with numbers": (Layout.ANSWERS, form_with_numbers),
    "libraries down": (Layout.ELEMENT_ROWS, libraries_down),
    "a form per library": (Layout.ELEMENT_ROWS, a_form_per_library),
    "roman months": (Layout.ELEMENT_ROWS, roman_months),
    "stacked years": (Layout.MONTH_ROWS, stacked_years),
    "a span of years": (Layout.MONTH_ROWS, a_span_of_years),
    "with parts": (Layout.MONTH_ROWS, with_parts),
    "with targets": (Layout.MONTH_ROWS, with_targets),
    "a month per tab": (Layout.MONTH_ROWS, a_month_per_tab),
    "this month and before": (Layout.ELEMENT_ROWS, this_month_and_before),
    "libraries and elements": (Layout.ELEMENT_ROWS, libraries_and_elements),
}
