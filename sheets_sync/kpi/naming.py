"""A scheme's names, units, targets and colours for those who show scores and need no formulas."""

from __future__ import annotations

from sheets_sync.config.labels import COLOURS, NO_TEXT, CategoryLabel, IndicatorLabel, Labels
from sheets_sync.kpi.formula import names
from sheets_sync.kpi.indicator import Indicator
from sheets_sync.kpi.scheme import Band, Scheme
from sheets_sync.model import Horizon, Period


def labels(scheme: Scheme, period: Period, horizon: Horizon = Horizon.YEAR_TO_DATE) -> Labels:
    """What the scheme calls its parts; the targets are those of the month."""
    bands = sorted(scheme.bands, key=lambda band: -band.at_least)
    return Labels(
        indicators={each.id: _indicator_label(scheme, each, period, horizon) for each in scheme.indicators},
        categories={band.id: _category_label(band) for band in bands},
        note=scheme.note,
        unscored=_category_label(scheme.unscored),
    )


def _category_label(band: Band) -> CategoryLabel:
    return CategoryLabel(band.label, COLOURS[band.colour], band.at_least)


def _indicator_label(scheme: Scheme, indicator: Indicator, period: Period, horizon: Horizon) -> IndicatorLabel:
    groups = {group.id: group.label for group in scheme.groups}
    targets = {kind: indicator.target.at(kind, period, horizon) for kind in indicator.target.kinds()}
    return IndicatorLabel(
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        group=groups[indicator.group],
        measures=indicator.measures,
        targets={kind: target for kind, target in targets.items() if target is not None},
        weight_share=scheme.share(indicator),
        source=indicator.source,
        benchmark=indicator.benchmark,
        local=indicator.local_choice or NO_TEXT,
        elements=names(indicator.numerator, indicator.denominator),
        divided_by=names(indicator.denominator),
    )
