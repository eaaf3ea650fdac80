"""What another scheme would do to every library's score, before it is adopted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sheets_sync.i18n import Language
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.indicator import Indicator
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import score
from sheets_sync.model import Horizon, Library, Period, Score, State
from sheets_sync.model.rounding import DECIMALS, shown_difference

DEFINITION = (
    *("numerator", "denominator", "factor", "direction", "floor", "target"),
    *("method", "cuts", "applies_to", "missing"),
)
LABEL_WIDTH = 44
NUMBER_WIDTH = 8


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A library's score under the scheme that holds and under the other one."""

    library: Library
    before: Score
    after: Score

    @property
    def difference(self) -> float | None:
        """After minus before, as shown; None where either is no score."""
        return shown_difference(self.after.value, self.before.value)


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """An indicator's share of all weights in either scheme; None where it is not in it."""

    indicator: str
    before: float | None
    after: float | None
    redefined: bool  # formula, goal or method differ


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two schemes over the same figures: `changes` in the cube's order, `indicators` in the schemes'."""

    before: Scheme
    after: Scheme
    period: Period
    horizon: Horizon
    changes: tuple[ScoreChange, ...]
    indicators: tuple[IndicatorChange, ...]


def compare_schemes(
    cube: Cube, before: Scheme, after: Scheme, period: Period, horizon: Horizon = Horizon.YEAR_TO_DATE
) -> Comparison:
    """Every library's score under both schemes, over the same raw figures."""
    tables = [score(cube, scheme, period, horizon) for scheme in (before, after)]
    changes = (ScoreChange(each, *(table.score(each.code) for table in tables)) for each in cube.libraries)
    return Comparison(before, after, period, horizon, tuple(changes), tuple(_indicators(before, after)))


def _indicators(before: Scheme, after: Scheme) -> Iterator[IndicatorChange]:
    """Those that differ in weight or definition, or are in one scheme only."""
    old, new = ({each.id: each for each in scheme.indicators} for scheme in (before, after))
    for name in dict.fromkeys([*old, *new]):
        was, will = old.get(name), new.get(name)
        shares = before.share(was) if was else None, after.share(will) if will else None
        redefined = was is not None and will is not None and _definition(was) != _definition(will)
        if redefined or shares[0] != shares[1]:
            yield IndicatorChange(name, *shares, redefined)


def _definition(indicator: Indicator) -> dict[str, Any]:
    """What decides its points; names, texts and the weight do not."""
    return indicator.model_dump(include=set(DEFINITION))


def comparison_text(comparison: Comparison, t: Language) -> str:
    """The comparison as aligned lines of text."""
    old, new = comparison.before, comparison.after
    lines = [t("{old} compared with {new}, {period}", old=old.version, new=new.version, period=comparison.period), ""]
    head = (t("Library"), t("now"), t("then"), t("change"))
    width = max([LABEL_WIDTH, *(len(change.library.name) for change in comparison.changes)])
    lines.append(_columns(width, *head))
    lines += [_row(width, change, comparison, t) for change in comparison.changes]
    moved = sum(change.before.category != change.after.category for change in comparison.changes)
    lines += ["", t("{count} of {all} libraries would change category.", count=moved, all=len(comparison.changes))]
    labels = {each.id: each.label.in_(t.code) for each in (*old.indicators, *new.indicators)}
    lines += [
        _indicator_line(each, f"{labels[each.indicator]} ({each.indicator})", t) for each in comparison.indicators
    ]
    return "\n".join(line.rstrip() for line in lines)


def _columns(width: int, label: str, *numbers: str) -> str:
    return label.ljust(width) + "".join(number.rjust(NUMBER_WIDTH) for number in numbers)


def _row(width: int, change: ScoreChange, comparison: Comparison, t: Language) -> str:
    figures = (t.number(each, DECIMALS) for each in (change.before.value, change.after.value))
    delta = change.difference
    sign = "+" if delta and delta > 0 else ""
    words = [_category(comparison.before, change.before, t), _category(comparison.after, change.after, t)]
    category = words[0] if words[0] == words[1] else f"{words[0]} → {words[1]}"
    return f"{_columns(width, change.library.name, *figures, sign + t.number(delta, DECIMALS))}  {category}"


def _category(scheme: Scheme, score: Score, t: Language) -> str:
    if all(part.state is State.NOT_APPLICABLE for part in score.parts):
        return t("does not apply")
    return scheme.category(score.value).label.in_(t.code)


def _indicator_line(change: IndicatorChange, label: str, t: Language) -> str:
    if change.after is None:
        return t("Indicator {id}: no longer in it", id=label)
    if change.before is None:
        return t("Indicator {id}: new, weight {share}", id=label, share=t.percent(change.after, 1))
    shares = {"before": t.percent(change.before, 1), "after": t.percent(change.after, 1)}
    if change.redefined:
        return t("Indicator {id}: defined anew, weight {before} → {after}", id=label, **shares)
    return t("Indicator {id}: weight {before} → {after}", id=label, **shares)


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as a document of JSON."""
    return {
        "before": comparison.before.version,
        "after": comparison.after.version,
        "period": str(comparison.period),
        "horizon": comparison.horizon.value,
        "libraries": [_change_document(change) for change in comparison.changes],
        "indicators": [
            {"id": each.indicator, "before": each.before, "after": each.after, "redefined": each.redefined}
            for each in comparison.indicators
        ],
    }


def _change_document(change: ScoreChange) -> dict[str, Any]:
    return {
        "library": change.library.code,
        "name": change.library.name,
        "before": {"score": change.before.value, "category": change.before.category},
        "after": {"score": change.after.value, "category": change.after.category},
        "difference": change.difference,
    }
