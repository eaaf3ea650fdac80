"""`python scripts/slip_trials.py [libraries]`: how many made slips are found, and how much is asked about clean figures.

Two years of invented figures for each library: steady, skewed, seasonal, zero-inflated, small, reported every third
month, or changing level once. Then one slip of each kind is put into an otherwise clean year. Prints JSON.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from sheets_sync.checks import CheckOptions, check
from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import Text
from sheets_sync.model import CellRef, Finding, Library, Observation, Period, Severity, State, periods_between

MONTHS = periods_between(Period(2023, 1), Period(2024, 12))
OFFICE = Office(code="trial", name="Trial", workbook="book")
SEASON = (1.1, 1.0, 1.05, 0.7, 1.0, 0.6, 0.9, 1.2, 1.15, 1.1, 1.05, 0.6)  # fasting month, school holidays
Figures = dict[Period, float]
Row = dict[str, Figures]  # element → figures of a library


@dataclass(frozen=True)
class Shape:
    """A kind of series: how a month's figure comes about."""

    unit: str
    size: Callable[[Random], float]
    month: Callable[[Random, float, Period], float | None]


def _noisy(spread: float) -> Callable[[Random, float, Period], float]:
    return lambda random, size, _: size * random.lognormvariate(0, spread)


def _seasonal(random: Random, size: float, period: Period) -> float:
    return size * SEASON[period.month - 1] * random.lognormvariate(0, 0.15)


def _zero_inflated(random: Random, size: float, _: Period) -> float:
    return size * random.lognormvariate(0, 0.5) if random.random() < 0.5 else 0.0


def _small(random: Random, _: float, __: Period) -> float:
    return float(sum(random.random() < 0.3 for _ in range(10)))


def _quarterly(random: Random, size: float, period: Period) -> float | None:
    return size * random.lognormvariate(0, 0.2) if period.month % 3 == 0 else None


def _changing(random: Random, size: float, period: Period) -> float:
    return size * (4 if period > Period(2023, 9) + round(size) % 12 else 1) * random.lognormvariate(0, 0.15)


SHAPES: Mapping[str, Shape] = {
    "steady": Shape("orang", lambda r: r.uniform(150, 900), _noisy(0.15)),
    "loans": Shape("eksemplar", lambda r: r.uniform(3000, 9000), _noisy(0.2)),
    "hours": Shape("jam", lambda r: r.uniform(100, 300), _noisy(0.15)),
    "seasonal": Shape("orang", lambda r: r.uniform(100, 2000), _seasonal),
    "skewed": Shape("orang", lambda r: r.lognormvariate(4, 1), _noisy(0.4)),
    "zeros": Shape("kali", lambda r: r.uniform(5, 60), _zero_inflated),
    "small": Shape("kegiatan", lambda _: 3.0, _small),
    "quarterly": Shape("orang", lambda r: r.uniform(50, 500), _quarterly),
    "changing": Shape("orang", lambda r: r.uniform(50, 500), _changing),
}
ELEMENTS = Elements(
    elements=tuple(
        Element(id=name, label=Text(id=name, en=name), unit=Text(id=shape.unit, en=shape.unit))
        for name, shape in SHAPES.items()
    )
)
OPTIONS = CheckOptions(gatherings=(), parts=(), totals=(), never_fall=(), open_days=None)


@dataclass(frozen=True)
class Made:
    """A slip that was put in: what should be asked where, with which proposal (None: any)."""

    element: str
    period: Period
    rules: frozenset[str]
    proposal: float | None = None


def clean(random: Random) -> Row:
    """Two years of a library without a slip."""
    row: Row = {}
    for name, shape in SHAPES.items():
        size = shape.size(random)
        months = ((period, shape.month(random, size, period)) for period in MONTHS)
        row[name] = {period: float(round(value)) for period, value in months if value is not None}
    return row


def one_zero_more(random: Random, row: Row) -> Made:
    """Ten times the figure."""
    return _scaled(random, row, 10, "E-ZERO-MORE")


def one_zero_less(random: Random, row: Row) -> Made:
    """A tenth of the figure."""
    return _scaled(random, row, 0.1, "E-ZERO-LESS")


def lost_thousands(random: Random, row: Row) -> Made:
    """A thousandth: `6.000` taken for six."""
    period = random.choice(MONTHS)
    meant = round(row["loans"][period] / 1000) * 1000
    row["loans"][period] = meant / 1000
    return Made("loans", period, frozenset({"E-THOUSANDS"}), meant)


def minutes_for_hours(random: Random, row: Row) -> Made:
    """Sixty times the figure."""
    return _scaled(random, row, 60, "E-UNIT", ("hours",))


def running_total(random: Random, row: Row) -> Made:
    """The sum of the year so far."""
    element, period = random.choice(("steady", "loans", "seasonal")), Period(2024, random.randint(4, 12))
    meant = row[element][period]
    row[element][period] = sum(row[element][month] for month in periods_between(Period(2024, 1), period))
    return Made(element, period, frozenset({"E-CUMULATIVE"}), meant)


def swapped_columns(random: Random, row: Row) -> Made:
    """Two figures of a month in each other's column."""
    period = random.choice(MONTHS)
    row["steady"][period], row["loans"][period] = row["loans"][period], row["steady"][period]
    return Made("steady", period, frozenset({"E-SWAPPED"}))


def copied_month(random: Random, row: Row) -> Made:
    """The month before, once more."""
    period = random.choice(MONTHS[1:])
    for figures in row.values():
        if period - 1 in figures and period in figures:
            figures[period] = figures[period - 1]
    return Made("", period, frozenset({"E-COPIED"}))


def left_out(random: Random, row: Row) -> Made:
    """Nothing, or next to nothing, in a month."""
    element, period = random.choice(("steady", "loans", "seasonal")), random.choice(MONTHS)
    row[element][period] = float(random.choice((0, 0, random.randint(1, 4))))
    return Made(element, period, frozenset({"E-LOW", "E-THOUSANDS"}))


def spread_quarters(random: Random, row: Row) -> Made:
    """From some quarter on, a year long, one figure for the months of each."""
    element, first = random.choice(("steady", "loans", "seasonal")), 3 * random.randint(0, 4)
    for start in range(first, first + 12, 3):
        months = MONTHS[start : start + 3]
        mean = float(round(sum(row[element][month] for month in months) / 3))
        row[element].update(dict.fromkeys(months, mean))
    return Made(element, MONTHS[first + 2], frozenset({"E-SPREAD"}))


def closed_everywhere(random: Random, row: Row) -> Made:
    """What a closure leaves of a month: nothing of anything."""
    period = random.choice(MONTHS)
    for figures in row.values():
        figures[period] = 0.0
    return Made("", period, frozenset({"E-ALL-ZERO"}))


def _scaled(
    random: Random, row: Row, factor: float, rule: str, among: tuple[str, ...] = ("steady", "loans", "seasonal")
) -> Made:
    element, period = random.choice(among), random.choice(MONTHS)
    meant = row[element][period]
    row[element][period] = float(round(meant * factor))
    return Made(element, period, frozenset({rule}), meant)


SLIPS = (
    one_zero_more, one_zero_less, lost_thousands, minutes_for_hours, running_total, swapped_columns, copied_month,
    left_out, spread_quarters, closed_everywhere,
)  # fmt: skip


def asked(rows: Mapping[str, Row]) -> list[Finding]:
    """The questions about some libraries' figures."""
    seen = [
        Observation(
            library, element, period, State.REPORTED if value else State.ZERO, value,
            CellRef("book", 1, "Data", column, period.ordinal), f"{value:g}",
        )
        for library, row in rows.items()
        for column, (element, figures) in enumerate(row.items())
        for period, value in figures.items()
    ]  # fmt: skip
    libraries = [Library(code, code) for code in rows]
    checked = check(
        seen, libraries=libraries, elements=ELEMENTS, options=OPTIONS, office=OFFICE, today=date(2025, 1, 5)
    )
    return [finding for finding in checked.findings if finding.severity in (Severity.FATAL, Severity.EXPLAIN)]


def found(made: Made, findings: Iterable[Finding]) -> str:
    """Whether a slip was recognised, at least asked about, or missed."""
    here = [f for f in findings if f.period == made.period and made.element in (f.element, *f.also_elements, "")]
    if any(finding.rule_code in made.rules and _alike(finding.proposal, made.proposal) for finding in here):
        return "recognised"
    return "asked" if here else "missed"


def _alike(proposal: str, meant: float | None) -> bool:
    return meant is None or (bool(proposal) and math.isclose(float(proposal), meant, rel_tol=0.05, abs_tol=6))


def trial(libraries: int, seed: int = 1) -> dict[str, object]:
    """The figures of a trial over so many libraries."""
    random = Random(seed)  # noqa: S311 - a trial that can be repeated, no secret
    rows = {f"L{n}": clean(random) for n in range(libraries)}
    questions = asked(rows)
    per_shape = Counter(finding.element or "" for finding in questions)
    months = {(finding.library, finding.period) for finding in questions}
    changes = {(f.library, f.element) for f in questions if f.element == "changing"}
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for slip in SLIPS:
        for library, unspoilt in rows.items():
            row = {element: dict(figures) for element, figures in unspoilt.items()}
            outcomes[slip.__name__][found(slip(random, row), asked({library: row}))] += 1
    return {
        "libraries": libraries,
        "false_questions_per_library_year": round((len(months) - len(changes)) / libraries / 2, 3),
        "level_changes_asked_once": round(per_shape["changing"] / max(len(changes), 1), 2),
        "questions_by_series": dict(per_shape),
        "slips": {name: {key: count / libraries for key, count in seen.items()} for name, seen in outcomes.items()},
    }


if __name__ == "__main__":
    print(json.dumps(trial(int(sys.argv[1]) if len(sys.argv) > 1 else 100), indent=1))
