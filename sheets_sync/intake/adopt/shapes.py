"""The shape of a tab by what it holds, before any heading is known: where its months, dates, names and figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.header_lines import Lines, title_lines
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.month_names import MONTH_IN_TEXT, month_named
from sheets_sync.intake.options import Layout
from sheets_sync.intake.tables import find_tables
from sheets_sync.intake.titles import element_named
from sheets_sync.intake.values.dates import read_date
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import GridCell, NumberKind, Tab

MIN_DATED = 3  # months or dates, for a row or column to be made of them
MAX_LINES = 3
_PEOPLE = re.compile(
    r"\b(?:petugas|pengisi|pelapor|pengelola|pustakawan|penanggung jawab|jabatan|nama lengkap|nama anda|operator|pic|nip|nik|email|"
    r"e mail|surel|hp|wa|whatsapp|telepon|telp|alamat|name of officer|officer|respondent|contact|phone|address|username|pengguna)\b"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as its contents show it: header lines, key columns by what they hold, columns or rows of figures.

    `headings` are (row, column, text) of what may be elements; not `certain` where they may as well be libraries.
    `perhaps` are the columns of which one names the libraries, and nothing says which.
    """

    layout: Layout
    first_line: int
    last_line: int
    headings: tuple[tuple[int, int, str], ...]
    library: int | None = None
    month: int | None = None
    date: int | None = None
    kind: int | None = None
    certain: bool = True
    perhaps: tuple[int, ...] = ()


def shape_of(tab: Tab, vocabulary: Vocabulary) -> Shape | None:
    """The shape of a tab's first table, None where nothing says which months its figures are of."""
    for row in range(len(tab.rows)):
        texts = {index: tidy(cell.text) for index, cell in enumerate(tab.rows[row]) if isinstance(cell.value, str)}
        dated = [index for index, text in texts.items() if _element_part(text)]
        if len(dated) >= MIN_DATED:
            return _wide(tab, row, texts, dated)
        months = [index for index, text in texts.items() if month_named(fold(text)) and not text.isdigit()]
        if len(months) >= MIN_DATED:
            return _under_months(tab, row, months, vocabulary)
    return _counted(tab, vocabulary) or _with_key_column(tab, vocabulary)


def _counted(tab: Tab, vocabulary: Vocabulary) -> Shape | None:
    """A table whose months are counted (I, II, III or 1, 2, 3) and not named, as its reader knows them."""
    for table in find_tables(tab, vocabulary):
        months = [column.index for column in table.with_role(Role.MONTH_VALUES)]
        if len(months) >= MIN_DATED:
            return _under_months(tab, table.first_row - 1, months, vocabulary)
    return None


def _element_part(text: str) -> str:
    """What is left of a heading that names a month and something else: `Loans - May 2023` → `loans`."""
    folded = fold(text)
    month = MONTH_IN_TEXT.search(folded)
    if month is None or month_named(folded) is not None:
        return ""
    return " ".join(f"{folded[: month.start()]} {folded[month.end() :]}".split())


def _wide(tab: Tab, row: int, texts: dict[int, str], dated: list[int]) -> Shape:
    """A row of headings that name element and month; above nothing, below a row per library."""
    parts: dict[str, tuple[int, int, str]] = {}
    for index in dated:
        parts.setdefault(_element_part(texts[index]), (row, index, _element_part(texts[index])))
    library = _names_column(tab, row + 1, min(dated))
    return Shape(Layout.WIDE, row, row, tuple(parts.values()), library)


def _under_months(tab: Tab, row: int, months: list[int], vocabulary: Vocabulary) -> Shape:
    """A row of months: with elements above them it is a wide table, else its rows are elements."""
    above = Lines(tab).texts(row - 1) if row else {}
    groups = {above[index]: index for index in reversed(range(min(months), max(months) + 1)) if index in above}
    elements = {text: index for text, index in groups.items() if not any(map(str.isdigit, text))}
    library = _names_column(tab, row + 1, min(months))
    if len(elements) >= 2 and library is not None:
        headings = tuple((row - 1, index, text) for text, index in elements.items())
        return Shape(Layout.WIDE, row - 1, row, headings, library)
    if library is not None and element_named((*title_lines(tab, row), tab.title), vocabulary):
        return Shape(Layout.ELEMENT_ROWS, row, row, (), library)  # a row per library: the title says what is counted
    labels = tuple(_labels(tab, row, months, vocabulary))
    return Shape(Layout.ELEMENT_ROWS, row, row, labels, certain=_are_elements(tab, row, labels, vocabulary))


def _are_elements(tab: Tab, row: int, labels: Sequence[tuple[int, int, str]], vocabulary: Vocabulary) -> bool:
    """Whether the labels of rows are elements: their heading says so, or one of them is known or nearly so."""
    heads = [vocabulary.meaning(tidy(cell.text)) for cell in tab.rows[row] if not cell.blank]
    if any(meaning and meaning.role is Role.ELEMENT_NAME for meaning in heads):
        return True
    meanings = [vocabulary.meaning(text) for _, _, text in labels]
    known = any(meaning and meaning.role is Role.ELEMENT for meaning in meanings)
    return known or any(vocabulary.suggestion(text) for _, _, text in labels)


def _labels(tab: Tab, header_row: int, months: Sequence[int], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """The texts before the months of each row that holds figures; columns of units, numbers or notes say nothing."""
    columns = [index for index in range(min(months)) if not _is_aside(tab.at(header_row, index), vocabulary)]
    for row in range(header_row + 1, len(tab.rows)):
        if any(is_figure(tab.at(row, index)) for index in months):
            texts = [(index, tidy(tab.at(row, index).text)) for index in columns]
            words = [(index, text) for index, text in texts if any(map(str.isalpha, text))]
            label = [part for n, part in enumerate(words) if n == 0 or not vocabulary.is_unit(part[1])]
            if label and not vocabulary.is_total(label[-1][1]):
                yield row, label[-1][0], " ".join(text for _, text in label)


def _is_aside(heading: GridCell, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(tidy(heading.text)) if not heading.blank else None
    return meaning is not None and meaning.role in (Role.IGNORED, Role.NOTE, Role.LIBRARY, Role.YEAR)


def _with_key_column(tab: Tab, vocabulary: Vocabulary) -> Shape | None:
    """A table with a column of months or of dates."""
    width = max(map(len, tab.rows), default=0)
    for index in range(width):
        months = [row for row in range(len(tab.rows)) if _is_month(tab.at(row, index))]
        if len(months) >= MIN_DATED:
            return _columns(tab, Layout.MONTH_ROWS, index, months, vocabulary)
    for index in range(width):
        dates = [row for row in range(len(tab.rows)) if _is_date(tab.at(row, index))]
        if len(dates) >= MIN_DATED:
            return _columns(tab, Layout.ACTIVITY_LOG, index, dates, vocabulary)
    return None


def _columns(tab: Tab, layout: Layout, key: int, rows: list[int], vocabulary: Vocabulary) -> Shape | None:
    """The columns beside a key column: figures are elements, names that repeat are libraries or kinds of event."""
    first, last = header_lines(tab, rows[0])
    if last < 0:
        return None
    lines, width = Lines(tab), max(map(len, tab.rows))
    figures = [index for index in range(width) if index != key and _holds_figures(tab, rows, index)]
    headings = []
    for index in figures:
        path = [lines.texts(row)[index] for row in range(first, last + 1) if index in lines.texts(row)]
        if path:
            headings.append((last, index, " ".join(dict.fromkeys(path))))
    names = [index for index in range(width) if index != key and _repeats(tab, rows, index)]
    if layout is Layout.ACTIVITY_LOG:
        return Shape(layout, first, last, tuple(headings), date=key, kind=names[0] if names else None)
    several = len({fold(tab.at(row, key).text) for row in rows}) < len(rows)
    libraries = _libraries(tab, rows, names, lines.texts(last), vocabulary) if several else ()
    library = libraries[0] if len(libraries) == 1 else None
    return Shape(layout, first, last, tuple(headings), library, month=key, perhaps=libraries if library is None else ())


def _libraries(
    tab: Tab, rows: Sequence[int], names: Sequence[int], heads: Mapping[int, str], vocabulary: Vocabulary
) -> tuple[int, ...]:
    """The columns that may name the libraries: the one whose heading says so, else those of which nothing says otherwise.

    Who filled it in, and how to reach them, is no library.
    """
    meanings = {index: vocabulary.meaning(text) for index, text in heads.items()}
    said = [index for index, meaning in meanings.items() if meaning and meaning.role is Role.LIBRARY]
    if said:
        return (said[0],)
    strange = [index for index in names if meanings.get(index) is None]
    return tuple(n for n in strange if not _PEOPLE.search(fold(heads.get(n, ""))) and not _reaches(tab, rows, n))


def _reaches(tab: Tab, rows: Sequence[int], index: int) -> bool:
    """Whether most of a column are addresses."""
    filled = [tab.at(row, index).text for row in rows if not tab.at(row, index).blank]
    return sum("@" in text for text in filled) * 2 > len(filled)


def header_lines(tab: Tab, first_row: int) -> tuple[int, int]:
    """The lines that head the data from a row on: the nearest of text, and those above while merges join them."""
    lines = Lines(tab)
    last = first_row - 1
    while last >= 0 and not (lines.may_be_header(last) and len(lines.texts(last)) > 1):
        last -= 1
    first = last
    merged = {merge.row for merge in tab.merges if merge.end_column - merge.column > 1}
    while first > 0 and last - first < MAX_LINES - 1 and first - 1 in merged and len(lines.texts(first - 1)) > 2:
        first -= 1
    return first, last


def _names_column(tab: Tab, first_row: int, end: int) -> int | None:
    """The first column of texts in which every row says something else."""
    for index in range(end):
        cells = [tab.at(row, index) for row in range(first_row, len(tab.rows))]
        texts = [fold(cell.text) for cell in cells if isinstance(cell.value, str) and not cell.blank]
        if len(texts) >= 2 and len(set(texts)) == len(texts):
            return index
    return None


def _repeats(tab: Tab, rows: Sequence[int], index: int) -> bool:
    """Whether a column holds words of which some come again."""
    texts = [fold(tab.at(row, index).text) for row in rows if isinstance(tab.at(row, index).value, str)]
    words = [text for text in texts if text and not any(map(str.isdigit, text))]
    return len(words) > len(rows) / 2 and 1 < len(set(words)) < len(words)


def _holds_figures(tab: Tab, rows: Sequence[int], index: int) -> bool:
    filled = [cell for row in rows if not (cell := tab.at(row, index)).blank]
    return bool(filled) and sum(map(is_figure, filled)) > len(filled) / 2


def is_figure(cell: GridCell) -> bool:
    """Whether something like a number stands in a cell."""
    if isinstance(cell.value, str):
        return cell.value.strip()[:1].isdigit() and month_named(fold(cell.value)) is None
    plain = cell.kind in (NumberKind.PLAIN, NumberKind.CURRENCY, NumberKind.PERCENT)
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and plain


def _is_month(cell: GridCell) -> bool:
    """Whether a cell shows a month by name; a plain number from 1 to 12 may be anything."""
    words = isinstance(cell.value, str) or cell.kind is NumberKind.DATE
    shown = fold(cell.text)
    return words and any(map(str.isalpha, shown)) and month_named(shown) is not None and not shown[:1].isdigit()


def _is_date(cell: GridCell) -> bool:
    return (isinstance(cell.value, str) or cell.kind is NumberKind.DATE) and read_date(cell).value is not None
