"""The labels of rows: of one or several columns, below a section's title, or the parts of the element above them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import add, eq, or_

from sheets_sync.intake.groups import group_beside
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.heading_paths import row_meaning
from sheets_sync.intake.headings import Meaning, Role
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.parts import Share, is_aside, names_part, share_of
from sheets_sync.intake.words import fold, tidy
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import Finding
from sheets_sync.model.grid import FormulaError

_NO_LABELS = (Role.IGNORED, Role.NOTE, Role.LIBRARY, Role.YEAR, Role.TOTAL)
_READ = (Role.ELEMENT, Role.PART, Role.ASIDE)
_NUMBER = re.compile(
    r"\(?(?:(?P<roman>[IVX]{1,4})|(?P<capital>[A-Z])|(?P<letter>[a-z])|(?P<figure>\d{1,2}))(?:[.)]\s*|\s+|$)"
)
_BULLET = re.compile(r"(?:[-\u2013\u2022*\u00b7\u2023\u25aa>+]|[a-z][.)])\s*(?=\w)")


@dataclass(frozen=True, slots=True, eq=False)
class LabelledRow:
    """A labelled row: what its label means, and whether figures stand in it. Each row is itself and no other.

    `grouped`: the title of its section names some of the people only.
    """

    row: int
    label: str
    meaning: Meaning | None
    filled: bool
    library: str | Finding | None
    year: ReportingYear
    grouped: bool = False

    @property
    def role(self) -> Role | None:
        """Whether it is of an element, of a part of one, or of something that was not counted in the month."""
        return self.meaning.role if self.meaning else None

    @property
    def claim(self) -> tuple[str, ReportingYear, str] | None:
        """The figures that the row would hold, or that it holds a part of; None where it is not known whose or what."""
        known = self.meaning is not None and isinstance(self.library, str)
        return (str(self.library), self.year, self.meaning.element) if known and self.meaning else None


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of a row's label, each with its column, and what stands in the columns that only number the rows."""

    row: int
    words: tuple[tuple[int, str], ...]
    number: str

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.words]


def labelled_rows(sheet: Sheet, months: Sequence[HeaderColumn]) -> Iterator[LabelledRow]:
    """The rows that have a label before the first month."""
    section, above, sums, aside = "", None, list[float](), False
    group = _Group.of(sheet)
    for row in sheet.rows():
        label = _label(row, months[0].index, sheet)
        if not label.words:
            continue
        filled = sheet.has_figures(row, months)
        below = above is not None and _is_below(label, above)
        texts = [*([above.words[0][1]] if above and below else []), *map(_bare, label.texts)]
        if sheet.vocabulary.is_total(texts[-1]) and not _is_whole(label, texts, sums if below else [], months, sheet):
            group = group if filled else _Group()
            continue
        aside = aside if filled else is_aside(texts[-1]) and not below
        meaning = _meaning(texts, "" if below else section, sheet)
        group = group.after(label, meaning, sheet, may_begin=not filled and not below)
        meaning = group.of_some(meaning, sheet)
        meaning = replace(meaning, role=Role.ASIDE) if meaning and aside else meaning
        whose = sheet.year_question(row) or sheet.library_of(row)
        named, grouped = group.named(label.texts[-1]), bool(group.who)
        yield LabelledRow(row, named, meaning, filled, whose, _year(sheet, row, meaning), grouped)
        section = section if filled else texts[-1]
        above = above if below else label if _names_element(label.texts[0], sheet) else None
        sums = sums if below else []
        if filled:
            own = not below and len(label.words) == 1
            numbers = [math.nan] * len(months) if own else _numbers(row, months, sheet)
            sums = list(map(add, sums, numbers)) if sums else numbers


def _series(label: _Label) -> str:
    """How a row is numbered: in Roman or other figures, in letters; empty where it is not."""
    found = _NUMBER.match(label.number or label.texts[0])
    return found.lastgroup or "" if found else ""


@dataclass(frozen=True, slots=True)
class _Group:
    """The people of whom alone the rows below a title are counted, and how the title is numbered.

    `last` is the row of the last element or part of one, `series` how it is numbered.
    """

    who: str = ""
    title: str = ""
    number: str = ""
    last: int = -2
    series: str = ""

    @classmethod
    def of(cls, sheet: Sheet) -> _Group:
        """Whom the table's title names, or its first row."""
        return cls(sheet.section(sheet.table.first_row).group)

    def after(self, label: _Label, meaning: Meaning | None, sheet: Sheet, *, may_begin: bool) -> _Group:
        """The group that begins with a row, goes on or ends with it.

        One without figures right below an element is a part of it that is still empty, unless it is set off: in another
        group already, merged over the figures, or numbered in another way. A group ends
        with what is numbered as its title or in another way than its rows, or names nothing known and is set off.
        """
        text, number = label.texts[-1], _series(label)
        named = _names_element(text, sheet) or sheet.find_library(text)
        who = "" if named else group_beside(text, self.who)
        if who and may_begin:
            apart = self.who or self.last != label.row - 1 or (number and number != self.series)
            begins = apart or sheet.set_off(label.row)
            return _Group(who, text, number) if begins else replace(self, last=label.row)
        titled = number and (number == self.number or (may_begin and self.last >= 0 and number != self.series))
        ends = titled or (meaning is None and may_begin and sheet.set_off(label.row))
        return replace(_Group() if ends else self, last=label.row if meaning else self.last, series=number)

    def named(self, label: str) -> str:
        """A row's label with the group's title before it: `A. Anak-anak: Pengunjung`."""
        return f"{self.title or self.who}: {label}" if self.who and label != self.title else label

    def of_some(self, meaning: Meaning | None, sheet: Sheet) -> Meaning | None:
        """What a row means in the group: the element that the part has for its own, else only a part."""
        if not self.who or meaning is None or meaning.role is not Role.ELEMENT:
            return meaning
        return sheet.vocabulary.part(meaning.element, self.who) or replace(meaning, role=Role.PART)


def _is_whole(
    label: _Label, texts: Sequence[str], sums: Sequence[float], months: Sequence[HeaderColumn], sheet: Sheet
) -> bool:
    """Whether a total is that of one element: it stands beside its name, or is the sum of the parts above it.

    `sums` are those of the parts, month by month; none where the element's own figures stand above.
    """
    if len(label.words) > 1 or (label.words[0][0] > sheet.table.left and len(texts) > 1 and not sums):
        return _names_element(texts[0], sheet)
    blank = [sheet.tab.at(label.row, column.index).blank for column in months]
    equal = map(eq, sums, _numbers(label.row, months, sheet))
    return bool(sums) and not all(blank) and all(map(or_, blank, equal))


def _numbers(row: int, months: Iterable[HeaderColumn], sheet: Sheet) -> list[float]:
    """The plain numbers of a row; anything else adds up to nothing that another cell can be."""
    values = (sheet.tab.at(row, column.index).value for column in months)
    return [math.nan if isinstance(value, str | bool | FormulaError) else float(value or 0) for value in values]


def _label(row: int, end: int, sheet: Sheet) -> _Label:
    """The parts of a label from left to right, without numbers, and without a unit behind it."""
    without = {column.index for role in _NO_LABELS for column in sheet.table.with_role(role)}
    numbers = {column.index for column in sheet.table.with_role(Role.IGNORED)}
    texts = [(index, tidy(sheet.key(row, index).text)) for index in range(sheet.table.left, end)]
    words = [(i, text) for i, text in texts if i not in without and (any(map(str.isalpha, text)) or text == "%")]
    named = [word for n, word in enumerate(words) if n == 0 or not sheet.vocabulary.is_unit(word[1])]
    return _Label(row, tuple(named), next((text for i, text in texts if i in numbers and text), ""))


def _is_below(label: _Label, above: _Label) -> bool:
    """Whether a row is of a part of what the row above it is of: it says so, or stands further in."""
    (column, text), (first, name) = label.words[0], above.words[0]
    if share_of(_bare(text)) is not None or names_part(_bare(text)):
        return True
    beside = column > first and len(above.words) > 1 and above.words[1][0] == column
    bullet = _BULLET.match(text) is not None and _BULLET.match(name) is None
    return beside or bullet or bool(above.number and not label.number)


def _bare(text: str) -> str:
    """The label without the sign or letter before it."""
    bullet = _BULLET.match(text) if len(fold(text)) > 1 else None
    return text[bullet.end() :] if bullet else text


def _names_element(text: str, sheet: Sheet) -> bool:
    meaning = sheet.vocabulary.meaning(text)
    return meaning is not None and meaning.role is Role.ELEMENT


def _meaning(texts: Sequence[str], section: str, sheet: Sheet) -> Meaning | None:
    """What a label names: with what stands above it as the title of a section, else by itself."""
    titled = [[f"{section} {texts[-1]}"]] if section else []
    joined = [] if share_of(texts[-1]) is Share.ASIDE else [[" ".join(texts)]]
    for path in (*joined, *titled, texts):
        meaning = row_meaning(path, sheet.vocabulary)
        if meaning is not None and meaning.role in _READ:
            return meaning
    return None


def _year(sheet: Sheet, row: int, meaning: Meaning | None) -> ReportingYear:
    """The reporting year of a row: its year column's or its label's, else that of its section or of the table."""
    year = sheet.year_in(row) or (meaning.year if meaning else None)
    return sheet.year_of_row(row) if year is None else replace(sheet.year, year=year)
