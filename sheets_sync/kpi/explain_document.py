"""An explanation as a document of JSON: labels in the reader's language, unrounded figures beside those shown."""

from __future__ import annotations

from typing import Any

from sheets_sync.config.labels import step_message
from sheets_sync.i18n import Language
from sheets_sync.kpi.explain import Explanation, GroupExplanation, IndicatorExplanation, Input, MonthFigure


def explanation_document(explanation: Explanation, t: Language) -> dict[str, Any]:
    """The whole tree, ready for `json.dumps`."""
    score, scheme, library = explanation.score, explanation.scheme, explanation.library
    official = library.official
    return {
        "library": {"code": library.code, "name": library.name, "kind": library.kind},
        "period": str(score.period),
        "horizon": score.horizon.value,
        "months": [str(month) for month in explanation.months],
        "scheme": {"version": scheme.version, "name": scheme.name.in_(t.code), "note": scheme.note.in_(t.code)},
        "score": score.value,
        "shown": explanation.shown,
        "category": {"id": score.category, "label": explanation.band.label.in_(t.code)},
        "provisional": score.provisional,
        "coverage": score.coverage,
        "range": [score.low, score.high],
        "official": {"value": official.value, "period": official.period} if official else None,
        "difference": explanation.difference,
        "groups": [_group(group, t) for group in explanation.groups],
        "steps": _steps(explanation, t),
    }


def _group(group: GroupExplanation, t: Language) -> dict[str, Any]:
    return {
        "id": group.group.id,
        "label": group.group.label.in_(t.code),
        "contribution": group.contribution,
        "lost": group.lost,
        "indicators": [_indicator(row, t) for row in group.indicators],
    }


def _indicator(row: IndicatorExplanation, t: Language) -> dict[str, Any]:
    part, indicator = row.part, row.indicator
    return {
        "id": indicator.id,
        "label": indicator.label.in_(t.code),
        "unit": indicator.unit.in_(t.code),
        "formula": indicator.formula,
        "method": indicator.method.value,
        "direction": indicator.direction.value,
        "state": part.state.value,
        "numerator": part.numerator,
        "denominator": part.denominator,
        "actual": part.actual,
        "target": part.target,
        "attainment": part.attainment,
        "points": part.points,
        "weight": part.weight,
        "weight_share": row.share,
        "contribution": part.contribution,
        "lost": part.lost,
        "shown": {"contribution": row.contribution, "lost": row.lost},
        "benchmark": indicator.benchmark.in_(t.code),
        "source": indicator.source.in_(t.code),
        "local_choice": indicator.local_choice.in_(t.code) if indicator.local_choice else None,
        "inputs": [_input(used, t) for used in row.inputs],
    }


def _input(used: Input, t: Language) -> dict[str, Any]:
    return {
        "element": used.element,
        "label": used.label.in_(t.code),
        "unit": used.unit.in_(t.code),
        "fold": used.use.fold,
        "window": used.use.window.value if used.use.window else None,
        "or_zero": used.use.or_zero,
        "value": used.value,
        "source": used.source,
        "months": [_month(month) for month in used.months],
    }


def _month(month: MonthFigure) -> dict[str, Any]:
    return {
        "period": str(month.period),
        "state": month.state.value,
        "value": month.value,
        "typed": month.typed,
        "questioned": month.questioned,
        "cell": {"a1": str(month.cell), "url": month.cell.url} if month.cell else None,
    }


def _steps(explanation: Explanation, t: Language) -> list[dict[str, Any]]:
    return [
        {
            "indicator": step.indicator,
            "element": step.element,
            "amount": step.amount,
            "per_month": step.per_month,
            "score": step.score,
            "without": step.without,
            "until": str(step.until),
            "text": t(step_message(step, explanation.elements, t.code)),
        }
        for step in explanation.steps
    ]
