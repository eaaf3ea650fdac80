"""How scores moved between two moments, and why: indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.i18n import Language
from sheets_sync.jobs.month import MonthView
from sheets_sync.model import LibraryMonth


def entry(view: MonthView, tab: str) -> LibraryMonth:
    """The library whose tab that is."""
    return next(row for row in view.month.libraries if row.library.tab == tab)


def score(row: LibraryMonth, t: Language) -> str:
    """Its score as text, a dash without one."""
    return t.number(row.score.value if row.score else None, 2)


def change(before: LibraryMonth, after: LibraryMonth, t: Language) -> str:
    """From which score to which."""
    return t(
        "   {library}: {before} → {after}",
        library=after.library.name,
        before=score(before, t),
        after=score(after, t),
    )


def why(view: MonthView, before: LibraryMonth, after: LibraryMonth, t: Language) -> Iterator[str]:
    """A line for each indicator that moved."""
    if before.score is None or after.score is None:
        return
    for old, new in zip(before.score.parts, after.score.parts, strict=True):
        if old.contribution != new.contribution:
            indicator = view.scheme.indicator(new.indicator)
            yield t(
                "     {indicator}: {old} → {new} {unit} (target {target}); {share} of 10 → {now}",
                indicator=indicator.label.in_(t.code),
                old=t.number(old.actual, indicator.decimals),
                new=t.number(new.actual, indicator.decimals),
                unit=indicator.unit.in_(t.code),
                target=new.target,
                share=t.number(old.contribution, 2),
                now=t.number(new.contribution, 2),
            )


def moved(before: MonthView, after: MonthView, t: Language) -> Iterator[str]:
    """Every library whose score moved, with why; nothing where the two are not of the same month."""
    if before.month.period != after.month.period:
        return
    known = {row.library.code: row for row in before.month.libraries}
    for row in after.month.libraries:
        old = known.get(row.library.code)
        if old is not None and score(old, t) != score(row, t):
            yield change(old, row, t)
            yield from why(after, old, row, t)
