"""The nine figures that article 15 of Perpusnas Regulation 7/2025 (IPLM) asks of a library, over the last year.

Seven are sums of monthly counts. The last two are counts of what there is (kinds of service, written policies); they
are given where elements.yaml has an element of that id, and stay empty elsewhere. Which element stands for which
figure is a local choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheets_sync.config.yaml_file import Text
from sheets_sync.i18n import Language
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact, evaluate
from sheets_sync.kpi.formula import names, resolve
from sheets_sync.kpi.states import Floats
from sheets_sync.model import Horizon, Period


@dataclass(frozen=True, slots=True)
class IplmFigure:
    """One of the nine: its place in the article, what it is called, its formula over elements."""

    letter: str
    label: Text
    formula: str


FIGURES = (
    IplmFigure(
        "15(2)a",
        Text(id="Peserta kegiatan literasi", en="Participants in literacy activities"),
        "participants",
    ),
    IplmFigure(
        "15(2)b",
        Text(id="Pemustaka luring dan daring", en="Users on site and online"),
        "visits_onsite + or_zero(visits_online)",
    ),
    IplmFigure("15(2)c", Text(id="Pemustaka yang memanfaatkan TIK", en="Users of computers and internet"), "ict_users"),
    IplmFigure(
        "15(2)d",
        Text(id="Bahan tercetak dipinjam atau dibaca di tempat", en="Printed items lent or read on site"),
        "loans + or_zero(in_library_use)",
    ),
    IplmFigure("15(2)e", Text(id="Pemanfaatan bahan digital", en="Uses of digital items"), "digital_uses"),
    IplmFigure(
        "15(3)a", Text(id="Program atau kegiatan literasi", en="Literacy programmes or activities"), "activities"
    ),
    IplmFigure("15(3)b", Text(id="Kerja sama dengan pihak luar", en="Agreements with others"), "partnerships"),
    IplmFigure("15(3)c", Text(id="Jenis layanan", en="Kinds of service"), "service_kinds"),
    IplmFigure(
        "15(3)d", Text(id="Dokumen kebijakan dan prosedur", en="Written policies and procedures"), "policy_documents"
    ),
)


def iplm_frame(cube: Cube, period: Period, t: Language) -> pd.DataFrame:
    """Nine rows a library: library, name, article, figure, value (NaN: nothing reported), months, of the twelve to `period`.

    `months` counts those that the value rests on: a sum over ten months is a sum over ten months.
    """
    return pd.concat([_rows(figure, cube, period, t) for figure in FIGURES], ignore_index=True)


def _rows(figure: IplmFigure, cube: Cube, period: Period, t: Language) -> pd.DataFrame:
    value, months = _sums(figure, cube, period)
    return pd.DataFrame(
        {
            "library": [library.code for library in cube.libraries],
            "name": [library.name for library in cube.libraries],
            "article": figure.letter,
            "figure": figure.label.in_(t.code),
            "value": value,
            "months": months,
        }
    )


def _sums(figure: IplmFigure, cube: Cube, period: Period) -> tuple[Floats, Floats]:
    if not set(names(figure.formula)) <= set(cube.elements):
        missing = np.full(len(cube.libraries), np.nan)
        return missing, np.zeros_like(missing)
    reader = Exact(cube, period, Horizon.ROLLING_YEAR)
    count = resolve(f"count({figure.formula})", cube.flows)
    return evaluate(resolve(figure.formula, cube.flows), reader), evaluate(count, reader)
