"""Scores worked out a second time, deliberately plainly: lists, dicts and loops, no arrays, no shared code.

Formulas are trees of tuples, so that nothing of the product's parser is trusted either:
`("fold", how, series, window)`, `("op", sign, left, right)`, `("number", x)`; a series is an element `("el", name)`,
`("or_zero", name)`, or an operation on such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Formula = tuple[Any, ...]
Month = int  # months since year 0
COUNTING = ("reported", "zero")


@dataclass
class PlainLibrary:
    """What is known of one library: (element, month) → (state, value, questioned)."""

    kind: str
    population: float | None
    cells: dict[tuple[str, Month], tuple[str, float | None, bool]] = field(default_factory=dict)


def text_of(formula: Formula) -> str:
    """The formula as a scheme file would say it."""
    match formula:
        case ("fold", how, series, None):
            return f"{how}({text_of(series)})"
        case ("fold", how, series, window):
            return f"{how}({text_of(series)}, {window})"
        case ("op", sign, left, right):
            return f"({text_of(left)} {sign} {text_of(right)})"
        case ("number", x):
            return repr(x)
        case ("el", name):
            return str(name)
        case ("or_zero", name):
            return f"or_zero({name})"
    raise AssertionError(formula)


def months_of(window: str, last: Month, first_month: int) -> list[Month]:
    if window == "month":
        return [last]
    if window == "quarter":
        return [last - 2, last - 1, last]
    if window == "r12":
        return list(range(last - 11, last + 1))
    months = [last]
    while months[0] % 12 != first_month - 1:
        months.insert(0, months[0] - 1)
    return months


class PlainScorer:
    """One library under one scheme in one period."""

    def __init__(
        self, library: PlainLibrary, last: Month, horizon: str, first_month: int, known: tuple[Month, Month]
    ) -> None:
        self.library, self.last, self.horizon, self.first_month = library, last, horizon, first_month
        self.known = known
        self.refuse_questioned = False

    def cell(self, element: str, month: Month) -> tuple[str, float | None]:
        if not self.known[0] <= month <= self.known[1]:
            return "outside", None
        if element == "population":
            there = self.library.population
            return ("empty", None) if there is None else ("reported", there)
        state, value, questioned = self.library.cells.get((element, month), ("empty", None, False))
        return ("blocked", None) if questioned and self.refuse_questioned else (state, value)

    def heard_in(self, month: Month) -> bool:
        elements = {element for element, _ in self.library.cells}
        return any(self.cell(element, month)[0] in COUNTING for element in elements)

    def series(self, formula: Formula, month: Month) -> float | None:
        match formula:
            case ("number", x):
                return float(x)
            case ("el", name):
                return self.cell(name, month)[1]
            case ("or_zero", name):
                state, value = self.cell(name, month)
                return 0.0 if state in ("empty", "not_applicable") and self.heard_in(month) else value
            case ("op", sign, left, right):
                return operate(sign, self.series(left, month), self.series(right, month))
        raise AssertionError(formula)

    def months(self, window: str | None) -> list[Month]:
        inside = months_of(window or self.horizon, self.last, self.first_month)
        return [month for month in inside if self.known[0] <= month <= self.known[1]]

    def value(self, formula: Formula) -> float | None:
        match formula:
            case ("number", x):
                return float(x)
            case ("op", sign, left, right):
                return operate(sign, self.value(left), self.value(right))
            case ("fold", how, series, window):
                there = [x for month in self.months(window) if (x := self.series(series, month)) is not None]
                return fold(how, there)
        raise AssertionError(formula)

    def elements(self, formula: Formula) -> list[tuple[str, bool, str | None]]:
        """(element, or_zero, window) of every use."""
        match formula:
            case ("fold", _, series, window):
                return [(name, zero, window) for name, zero in self.names(series)]
            case ("op", _, left, right):
                return self.elements(left) + self.elements(right)
        return []

    def names(self, series: Formula) -> list[tuple[str, bool]]:
        match series:
            case ("el", name):
                return [(name, False)]
            case ("or_zero", name):
                return [(name, True)]
            case ("op", _, left, right):
                return self.names(left) + self.names(right)
        return []

    def lacking(self, indicator: dict[str, Any]) -> str:
        """Why there is no figure."""
        uses = self.elements(indicator["numerator"]) + self.elements(indicator["denominator"] or ())
        seen = [(zero, [self.cell(name, month)[0] for month in self.months(window)]) for name, zero, window in uses]
        for zero, states in seen:
            if not zero and "not_applicable" in states and set(states) <= {"not_applicable", "empty"}:
                return "not_applicable"
        flat = [state for _, states in seen for state in states]
        return "blocked" if "blocked" in flat else "unreadable" if "unreadable" in flat else "empty"

    def actual(self, indicator: dict[str, Any]) -> float | None:
        above = self.value(indicator["numerator"])
        below = 1.0 if indicator["denominator"] is None else self.value(indicator["denominator"])
        return operate("/", None if above is None else indicator["factor"] * above, below)

    def measured(self, indicator: dict[str, Any]) -> float | None:
        self.refuse_questioned = indicator["questioned"] == "left_out"
        if indicator["method"] != "growth":
            return self.actual(indicator)
        now, period = self.actual(indicator), self.last
        self.last = period - 12
        before = self.actual(indicator)
        self.last = period
        return operate("/", now, before)

    def score(self, indicators: list[dict[str, Any]], coverage_floor: float) -> dict[str, Any]:
        """value, coverage, contributions and states, as the rules of the score say."""
        weight = gained = known = due = 0.0
        rows: list[tuple[float, float]] = []
        states = []
        for indicator in indicators:
            target = indicator["target"].get(self.library.kind)
            actual = self.measured(indicator)
            state = "zero" if actual == 0 else "reported" if actual is not None else self.lacking(indicator)
            treatment = treatment_of(indicator, state)
            states.append("not_applicable" if target is None else state)
            if target is None or (actual is None and treatment == "exempt"):
                rows.append((0.0, 0.0))
                continue
            due += indicator["weight"]
            points = 0.0 if actual is None else points_for(indicator, actual, target)
            counts = actual is not None or treatment == "zero"
            known += indicator["weight"] if actual is not None else 0.0
            weight += indicator["weight"] if counts else 0.0
            gained += indicator["weight"] * points
            rows.append((indicator["weight"] if counts else 0.0, points))
        coverage = known / due if due else 0.0
        if coverage <= 0 or coverage < coverage_floor - 1e-9:
            return {"value": None, "coverage": coverage, "contributions": [0.0] * len(rows), "states": states}
        shares = [10 * each * points / weight for each, points in rows]
        return {"value": 10 * gained / weight, "coverage": coverage, "contributions": shares, "states": states}


def treatment_of(indicator: dict[str, Any], state: str) -> str:
    missing: dict[str, str] = indicator["missing"]
    names = {"empty": "empty", "not_applicable": "not_applicable", "unreadable": "refused", "blocked": "refused"}
    return missing[names[state]] if state in names else ""


def operate(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    if sign == "/":
        return None if right == 0 else left / right
    signs: dict[str, Callable[[float, float], float]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        ">": lambda a, b: float(a > b),
    }
    return signs[sign](left, right)


def fold(how: str, there: list[float]) -> float | None:
    if how == "count":
        return float(len(there))
    if not there:
        return None
    if how == "last":
        return there[-1]
    return sum(there) / len(there) if how == "mean" else sum(there)


def points_for(indicator: dict[str, Any], actual: float, target: float) -> float:
    """Attainment, then points."""
    attained, floor = 0.0, indicator["floor"]
    if indicator["direction"] == "higher":
        low = floor or 0.0
        attained = float(actual >= target) if target == low else (actual - low) / (target - low)
    elif floor is None:
        attained = 1.0 if actual == 0 else target / actual
    else:
        attained = float(actual <= target) if target == floor else (floor - actual) / (floor - target)
    if indicator["method"] == "met":
        return 1.0 if attained >= 1 - 1e-9 else 0.0
    if indicator["method"] == "banded":
        bands = ((1.0, 1.0), (0.75, 0.7), (0.5, 0.4))
        return next((points for cut, points in bands if attained >= cut - 1e-9), 0.0)
    return min(max(attained, 0.0), 1.0)
