"""Headings of one to five lines read together: a group above its parts, an element above months, a year above all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.counted_months import MIN_NUMERALS, MOST_WEEKS
from sheets_sync.intake.groups import group_of
from sheets_sync.intake.header_lines import HeaderColumn, Lines
from sheets_sync.intake.headings import MAX_HEADING, Meaning, Role, Vocabulary
from sheets_sync.intake.month_names import NUMERALS, NamedMonth
from sheets_sync.intake.parts import Share, share_of, signs_aside, split_heading

_BASES = (Role.ELEMENT, Role.MONTH_VALUES, Role.ELEMENT_MONTH, Role.YEAR_VALUES)
_BUNDLES = (Role.TOTAL, Role.MONTH)
_FEW_WORDS = 3
_MONTHLY = (Role.MONTH_VALUES, Role.ELEMENT_MONTH)


@dataclass(frozen=True, slots=True)
class _Path:
    """The lines of a column's heading, top to bottom.

    `grouped`: its upper lines also stand above a neighbour. `months`: the lines name months, so that a total is one
    over months and not over parts.
    """

    texts: tuple[str, ...]
    grouped: bool
    months: bool


def headed_columns(lines: Lines, rows: Sequence[int], vocabulary: Vocabulary) -> Iterator[HeaderColumn]:
    """The headed columns of some lines, left to right."""
    texts = [lines.texts(row) for row in rows]
    spread = [*(_spread(line, texts[-1], lines, rows[-1], vocabulary) for line in texts[:-1]), texts[-1]]
    months = any(_of_months(text, vocabulary) for line in texts for text in line.values())
    for index in sorted({column for line in texts for column in line}):
        if _keeps_apart(index, spread, texts, lines, rows[-1]):
            continue
        path = tuple(line[index] for line in spread if index in line)
        grouped = index in texts[-1] and any(_shared(line, index, texts[-1]) for line in spread[:-1])
        row = max(row for row, line in zip(rows, texts, strict=True) if index in line)
        swappable = lines.swappable(row, index)
        meaning = Meaning(Role.SWAPPABLE) if swappable else _meaning(_Path(path, grouped, months), vocabulary)
        yield HeaderColumn(index, row, " ".join(dict.fromkeys(path)), meaning)


def _keeps_apart(
    index: int, spread: Sequence[Mapping[int, str]], texts: Sequence[Mapping[int, str]], lines: Lines, last: int
) -> bool:
    """Whether a column only keeps others apart: nothing stands in it but a heading of those to its right."""
    over = [line for line in spread[:-1] if index in line and line.get(index + 1) == line[index]]
    return bool(over) and index not in texts[-1] and lines.empty_below(index, last)


def row_meaning(texts: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of a row's labels from left to right, or from above down: an element, a part of it, its target."""
    return _meaning(_Path(tuple(texts), grouped=True, months=False), vocabulary)


def _of_months(text: str, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(text)
    return meaning is not None and meaning.role in _MONTHLY


def _shared(line: Mapping[int, str], index: int, below: Mapping[int, str]) -> bool:
    """Whether the heading above a column also stands above the next one that has a heading of its own."""
    return index in line and any(
        line.get(beside) == line[index] and beside in below for beside in (index - 1, index + 1)
    )


def _spread(
    line: Mapping[int, str], below: Mapping[int, str], lines: Lines, last: int, vocabulary: Vocabulary
) -> Mapping[int, str]:
    """An upper line whose headings also stand above the months or parts to their right, as people leave out the merge.

    The heading itself may stand above a column that only keeps them apart.
    """
    spread, current, group = dict(line), "", False
    for index in range(max([*line, *below], default=-1) + 1):
        if index in line:
            apart = index not in below and lines.empty_below(index, last)
            current, group = line[index], apart or _may_be_part(below.get(index, ""), vocabulary)
        elif index in below and current:
            meaning = vocabulary.meaning(below[index])
            monthly = meaning is not None and meaning.role in (Role.MONTH_VALUES, Role.TOTAL)
            if monthly or (group and _may_be_part(below[index], vocabulary)):
                spread[index] = current
    return spread


def _may_be_part(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text can be a heading below another one, and is no entry of the first row below it."""
    digits = any(map(str.isdigit, text)) and vocabulary.meaning(text) is None
    return bool(text) and not digits and text.casefold() not in vocabulary.none


def divides(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text below a heading may say which of its figures stand there: `Umum`, `Pelajar`; no unit or remark."""
    short = len(text.split()) <= _FEW_WORDS and not any(map(str.isdigit, text)) and text[0].isalpha()
    return short and not vocabulary.is_unit(text) and text.casefold() not in vocabulary.nothing


def _meaning(path: _Path, vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of a heading's lines: of all together, of a name with its share of it, else of one of them."""
    path = _without_quarters(path, vocabulary)
    if not path.texts:
        return None
    aside = any(map(signs_aside, path.texts))
    together = None if aside else vocabulary.meaning(" ".join(path.texts))
    if len(path.texts) == 1:
        return together or _taken_apart(path, vocabulary)
    if together is not None and together.role is not Role.TOTAL:
        return together
    return _qualified(path, vocabulary) or _of_one_line(path.texts, vocabulary)


def _without_quarters(path: _Path, vocabulary: Vocabulary) -> _Path:
    """The lines without those that stand above months and only bundle them: `Triwulan I`, `Semester 2`."""
    meanings = [vocabulary.meaning(text) for text in path.texts]
    months = [n for n, meaning in enumerate(meanings) if meaning and meaning.role is Role.MONTH_VALUES]
    if not months:
        return path
    bundles = {n for n, meaning in enumerate(meanings[: months[-1]]) if meaning and meaning.role in _BUNDLES}
    return replace(path, texts=tuple(text for n, text in enumerate(path.texts) if n not in bundles))


def _taken_apart(path: _Path, vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of one line that names an element and its share of it: `Target pengunjung`, `Peserta L`."""
    for pair in split_heading(path.texts[0]) if len(path.texts[0]) <= MAX_HEADING else ():
        found = _qualified(replace(path, texts=pair, grouped=True), vocabulary)
        if found is not None and (found.element or found.month):
            return found
    return None


def _qualified(path: _Path, vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of a name with what is said of its figures: `Peserta` above `L`, `Januari` above `Target`."""
    texts = [text for n, text in enumerate(path.texts) if n == 0 or not vocabulary.is_unit(text)]
    shares = [share_of(text) for text in texts]
    names = [(text, vocabulary.meaning(text)) for text, share in zip(texts, shares, strict=True) if share is None]
    bases = [meaning for _, meaning in names if meaning and meaning.role in _BASES]
    base = _base(bases, path, vocabulary)
    if base is None or any(meaning and meaning.role is Role.TOTAL for _, meaning in names):
        return None
    if Share.ASIDE in shares and base.role is not Role.YEAR_VALUES:
        return replace(base, role=Role.ASIDE)
    if Share.WHOLE in shares and (base.role is Role.YEAR_VALUES or (base.role is Role.ELEMENT and path.months)):
        return Meaning(Role.TOTAL)
    rest = [text for text, meaning in names if meaning is None or meaning.role not in _BASES]
    return _part(base, rest, path, vocabulary) if rest else base


def _base(bases: Sequence[Meaning], path: _Path, vocabulary: Vocabulary) -> Meaning | None:
    """What the lines name: one thing, an element and its month; of two elements the one below, if it is no part."""
    if len(bases) == 1:
        return bases[0]
    elements = [base for base in bases if base.role is Role.ELEMENT]
    if len(elements) == len(bases) == 2:
        upper, lower = elements
        part = path.grouped and lower.alias and vocabulary.same_unit(upper.element, lower.element)
        return Meaning(Role.PART, upper.element) if part else lower
    return _combined(bases)


def _part(base: Meaning, rest: Sequence[str], path: _Path, vocabulary: Vocabulary) -> Meaning | None:
    """The element that a part has for its own; else only a part, where its group says that it is one."""
    below = path.texts[-1] in rest or path.texts[-2] in rest
    if base.role is Role.ELEMENT and len(rest) == 1 and (own := vocabulary.part(base.element, rest[0])):
        return own
    unknown = all(vocabulary.meaning(text) is None for text in rest)
    under = path.texts[0] not in rest
    is_part = (path.grouped and below and under and unknown) or any(map(group_of, rest))
    return replace(base, role=Role.PART) if is_part and base.role is not Role.YEAR_VALUES else None


def _of_one_line(path: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of an element or a year over a month, else of one of the lines."""
    parts = [meaning for meaning in map(vocabulary.meaning, path) if meaning]
    if any(part.role is Role.TOTAL for part in parts):
        return Meaning(Role.TOTAL)
    return _combined(parts) or vocabulary.meaning(path[-1]) or _above_a_remark(path, vocabulary)


def _above_a_remark(path: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of the first line, where those below only say the unit or tell how to fill in a key column.

    An element's name above something unknown is not enough: `Pengunjung` above `anak-anak` is no count of visits.
    """
    meaning = vocabulary.meaning(path[0])
    remarks = all(vocabulary.is_unit(text) for text in path[1:])
    return meaning if meaning and (remarks or meaning.role is not Role.ELEMENT) else None


def _combined(parts: Sequence[Meaning]) -> Meaning | None:
    """An element, a month and a year that stand above each other, or two of them."""
    by_role = {part.role: part for part in parts}
    month, year, element = (by_role.get(r) for r in (Role.MONTH_VALUES, Role.YEAR_VALUES, Role.ELEMENT))
    if month is None or month.month is None:
        return replace(element, year=year.year) if element is not None and year is not None else None
    named = month.month
    if year is not None and named.year is None:
        named = type(named)(named.month, year.year)
    if element is None:
        return Meaning(Role.MONTH_VALUES, month=named)
    return Meaning(Role.ELEMENT_MONTH, element.element, named, alias=element.alias)


def with_numerals(columns: tuple[HeaderColumn, ...]) -> tuple[HeaderColumn, ...]:
    """The columns, with those headed I, II, III … as months where they are more than quarters or weeks can be."""
    unknown = [column for column in columns if column.meaning is None]
    numbered = [column for column in unknown if column.text.upper() in NUMERALS]
    if [column.text.upper() for column in numbered] != list(NUMERALS[: len(numbered)]) or len(numbered) < MIN_NUMERALS:
        return columns
    months = len(numbered) > MOST_WEEKS
    meant = {
        column.index: Meaning(Role.MONTH_VALUES, month=NamedMonth(n)) if months else Meaning(Role.NUMERAL)
        for n, column in enumerate(numbered, 1)
    }
    return tuple(replace(column, meaning=meant.get(column.index, column.meaning)) for column in columns)
