"""Several rows for one thing that another column tells apart: weeks, branches, men and women. They are no reports of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.figure_cells import like_a_figure
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.parts import Share, is_aside, share_of
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import Finding
from sheets_sync.rules import places

_TELLING = (None, Role.IGNORED, Role.KIND, Role.DATE, Role.ELEMENT_NAME)
_PARTS = re.compile(r"(?:minggu|pekan|mg|week|wk)(?: .*)?|jk|jenis kelamin|gender|sex|l ?p|lk ?pr?")  # of a whole

Keyed = tuple[
    int, Hashable
]  # a row, and what it is for (None: it names nothing, as the rows below the first of several)


@dataclass(frozen=True, slots=True)
class ToldApart:
    """The rows that hold only some of what they are for, and what is to be asked or said of them.

    `wholes` are those that hold all of it, with what they are for.
    """

    rows: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()
    wholes: Mapping[int, Hashable] = field(default_factory=dict)


def told_apart(sheet: Sheet, keyed: Iterable[Keyed]) -> ToldApart:
    """Looks for rows that are for the same and that a column tells apart.

    Where one of them says that it is the whole (`Jumlah`), it stays and the others are said to be left out; else all of
    them are one question of the table.
    """
    listed = list(keyed)
    filled = [row for row, _ in listed if sheet.has_figures(row, sheet.figures)]
    groups = _groups(listed, frozenset(filled))
    columns = [index for index in _columns(sheet) if _tells_any(sheet, index, groups)]
    notes = [index for index in _notes(sheet) if any(_shares(sheet, index, group) for group in groups.values())]
    aside = {row: index for index in (*_columns(sheet), *_notes(sheet)) for row in filled if _aside(sheet, row, index)}
    if not (columns or notes or aside):
        return ToldApart()
    parts: list[tuple[int, int]] = []
    asked: dict[int, list[int]] = defaultdict(list)
    wholes: dict[int, Hashable] = {}
    rest = dict.fromkeys(filled)
    for index in (*columns, *notes):
        told = {row for row in rest if _says_part(sheet, row, index, note=index in notes)}
        rest = {row: None for row in rest if row not in told}
        for key, group in groups.items():
            own = _wholes(sheet, index, group)
            others = [row for row in group if row in told and row not in own]
            if len(own) == 1:
                wholes[own[0]] = key
                parts += [(row, index) for row in others]
            else:
                asked[index] += [row for row in group if row in told]
    parts += [(row, aside[row]) for row in rest if row in aside]
    left = frozenset((*(row for row, _ in parts), *(row for group in asked.values() for row in group)))
    return ToldApart(left, (*_questions(sheet, asked), *_said(sheet, parts)), wholes)


def _wholes(sheet: Sheet, index: int, group: Iterable[int]) -> list[int]:
    """The rows of a group that say in a column that they are the whole of it."""
    return [row for row in group if share_of(tidy(sheet.key(row, index).text)) is Share.WHOLE]


def _groups(keyed: Iterable[Keyed], filled: Container[int]) -> dict[Hashable, list[int]]:
    """The rows with figures for each thing; a row that names nothing belongs to the one above."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    now: Hashable = None
    for row, key in keyed:
        now = now if key is None else key
        if now is not None and row in filled:
            groups[now].append(row)
    return groups


def _tells_any(sheet: Sheet, index: int, groups: Mapping[Hashable, Sequence[int]]) -> bool:
    """Whether a column tells the rows of any group apart, or says by its heading that it is of parts."""
    heading = next((fold(column.text) for column in sheet.table.columns if column.index == index), "")
    if _PARTS.fullmatch(heading):
        return True
    return any(_tells(sheet, index, group) for group in groups.values() if len(group) > 1)


def _columns(sheet: Sheet) -> list[int]:
    """The columns that may tell rows apart: not those of figures, notes, months, libraries or years."""
    roles = {column.index: column.meaning.role if column.meaning else None for column in sheet.table.columns}
    last = max(roles, default=sheet.table.left)
    return [index for index in range(sheet.table.left, last + 1) if roles.get(index) in _TELLING]


def _notes(sheet: Sheet) -> list[int]:
    return [column.index for column in sheet.table.with_role(Role.NOTE)]


def _shares(sheet: Sheet, index: int, group: Sequence[int]) -> bool:
    """Whether notes tell the rows of a group apart: `Target` and `Realisasi`. Any other note is a remark."""
    texts = [tidy(sheet.key(row, index).text) for row in group]
    return len(texts) > 1 and len(set(texts)) == len(texts) and all(map(share_of, texts))


def _says_part(sheet: Sheet, row: int, index: int, *, note: bool) -> bool:
    text = tidy(sheet.key(row, index).text)
    return share_of(text) is not None if note else bool(text)


def _aside(sheet: Sheet, row: int, index: int) -> bool:
    """Whether a row says for itself that it is no month's result, though no other row is for the same."""
    typed = sheet.key(row, index).value
    return isinstance(typed, str) and is_aside(tidy(typed))


def _tells(sheet: Sheet, index: int, group: Sequence[int]) -> bool:
    """Whether a column has something else in each row of a group: words, or a count 1, 2, 3 that begins anew in it."""
    texts = [fold(sheet.key(row, index).text) for row in group]
    if not all(texts) or len(set(texts)) < len(texts):
        return False
    if any(any(map(str.isalpha, text)) for text in texts):
        return True
    counted = texts == [str(n) for n in range(1, len(texts) + 1)]
    return _is_date(sheet, index) or (counted and not _numbers_lines(sheet, index))


def _is_date(sheet: Sheet, index: int) -> bool:
    return any(column.index == index for column in sheet.table.with_role(Role.DATE))


def _numbers_lines(sheet: Sheet, index: int) -> bool:
    """Whether a column numbers all lines of the table from 1 on, and not those of each group."""
    cells = (sheet.tab.at(row, index) for row in sheet.rows())
    numbers = [tidy(cell.text) for cell in cells if like_a_figure(cell)]
    return len(set(numbers)) == len(numbers)


def _questions(sheet: Sheet, asked: dict[int, list[int]]) -> Iterator[Finding]:
    """One question for each column that tells rows apart."""
    for index, rows in asked.items():
        if not rows:
            continue
        texts = list(dict.fromkeys(tidy(sheet.key(row, index).text) for row in rows))
        shown = ", ".join(texts[:_NAMED]) + (" …" if len(texts) > _NAMED else "")
        cells = tuple(sheet.cell(row, index) for row in rows)
        yield places.TOLD_APART.finding(library=sheet.sole_library, cells=cells, typed=shown)


def _said(sheet: Sheet, parts: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    if parts:
        texts = list(dict.fromkeys(tidy(sheet.key(*part).text) for part in parts))
        shown = ", ".join(texts[:_NAMED]) + (" …" if len(texts) > _NAMED else "")
        yield places.EXTRA_ROW.finding(cells=tuple(sheet.cell(*part) for part in parts), typed=shown)


_NAMED = 8  # texts named in one finding
