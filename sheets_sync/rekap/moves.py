"""Why a score is another than a month ago: the indicators that moved it most, in points of ten."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.i18n import Language
from sheets_sync.model import LibraryMonth, Score
from sheets_sync.rekap.context import Context

_SHOWN = 3  # indicators; what moved less is not what a person asks about
_LEAST = 0.005  # points; less is shown as nothing


def moved_by(row: LibraryMonth, context: Context) -> str:
    """The indicators that moved most since last month, with how many points; empty: none did, or there is no last month."""
    now, before = (_points(score) for score in (row.score, row.previous))
    moves = {name: now[name] - before[name] for name in now.keys() & before.keys()}
    most = sorted((name for name in moves if abs(moves[name]) >= _LEAST), key=lambda name: (-abs(moves[name]), name))
    changes = ", ".join(f"{_label(name, context)} {_signed(moves[name], context.t)}" for name in most[:_SHOWN])
    return context.t("Against last month, in points: {changes}", changes=changes) if changes else ""


def _points(score: Score | None) -> Mapping[str, float]:
    """What each indicator gives; nothing where there is no score."""
    if score is None or score.value is None:
        return {}
    return {part.indicator: part.contribution for part in score.parts}


def _label(name: str, context: Context) -> str:
    label = context.labels.indicators.get(name)
    return label.label.in_(context.t.code) if label else name


def _signed(points: float, t: Language) -> str:
    return ("+" if points > 0 else "−") + t.number(abs(points), 2)
