"""An explanation as plain, aligned text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sheets_sync.config.labels import step_message
from sheets_sync.i18n import Language
from sheets_sync.kpi.explain import Explanation, GroupExplanation, IndicatorExplanation, Input, MonthFigure
from sheets_sync.kpi.indicator import Method
from sheets_sync.model import CellRef, Message, State, msg
from sheets_sync.model.rounding import DECIMALS

LABEL_WIDTH = 44
NUMBER_WIDTH = 8
MONTHS_A_LINE = 6


def explanation_text(explanation: Explanation, t: Language) -> str:
    """The explanation as lines of text."""
    lines = [*_head(explanation, t), ""]
    for group in explanation.groups:
        lines += [*_group(group, t, scored=explanation.shown is not None), ""]
    lines += [_row(t("Score"), explanation.shown, None, t), *_legend(explanation, t), *_steps(explanation, t)]
    return "\n".join(line.rstrip() for line in lines)


def _head(explanation: Explanation, t: Language) -> Iterator[str]:
    score, scheme = explanation.score, explanation.scheme
    first, last = explanation.months
    yield t("{library}: {first} to {last}", library=explanation.library.name, first=first, last=last)
    yield _verdict(explanation, t)
    yield t(
        "Scheme: {name} ({version}). The score rests on {coverage} of the weights.",
        name=scheme.name.in_(t.code),
        version=scheme.version,
        coverage=t.percent(score.coverage),
    )
    if score.low is not None and score.high is not None and score.low < score.high:
        low, high = t.number(score.low, DECIMALS), t.number(score.high, DECIMALS)
        yield t("Once every open question is settled it will be between {low} and {high}.", low=low, high=high)
    yield from _official(explanation, t)
    if scheme.note.in_(t.code):
        yield scheme.note.in_(t.code)


def _verdict(explanation: Explanation, t: Language) -> str:
    word = explanation.band.label.in_(t.code)
    if all(part.state is State.NOT_APPLICABLE for part in explanation.score.parts):
        return t("No score: this scheme does not apply to the library.")
    if explanation.shown is None:
        least = t.percent(explanation.scheme.coverage_floor)
        return t("No score, {category}: at least {share} of the weights must have figures.", category=word, share=least)
    shown = t.number(explanation.shown, DECIMALS)
    if explanation.score.provisional:
        return t("Internal score {score} of 10, {category}, provisional", score=shown, category=word)
    return t("Internal score {score} of 10, {category}", score=shown, category=word)


def _official(explanation: Explanation, t: Language) -> Iterator[str]:
    official, difference = explanation.library.official, explanation.difference
    if official is None:
        return
    value = t.number(official.value, DECIMALS)
    yield t("Official SIM score beside it: {value} ({period})", value=value, period=official.period)
    if difference is not None:
        yield t("Internal minus official: {difference}", difference=t.number(difference, DECIMALS))


def _group(group: GroupExplanation, t: Language, *, scored: bool) -> Iterator[str]:
    """A group's lines; where there is no score, nothing gives points to it."""
    yield _row(group.group.label.in_(t.code), group.contribution if scored else None, group.lost, t)
    for row in group.indicators:
        yield _row("  " + row.indicator.label.in_(t.code), row.contribution if scored else None, row.lost, t)
        yield "      " + "; ".join(t(part) for part in _facts(row, t))
        if words := row.indicator.measures.in_(t.code):
            yield f"      {words}"
        yield f"      = {_formula(row, t)}"
        for used in row.inputs:
            yield f"        {used.label.in_(t.code)}: {_figure(used, t)}"
            yield from (f"          {line}" for line in _months(used, t))


def _row(label: str, contribution: float | None, lost: float | None, t: Language) -> str:
    shown = t.number(contribution, DECIMALS).rjust(NUMBER_WIDTH)
    missing = t("(lost {points})", points=t.number(lost, DECIMALS)) if lost else ""
    return f"{label.ljust(LABEL_WIDTH)}{shown}  {missing}"


def _facts(row: IndicatorExplanation, t: Language) -> Iterator[Message]:
    part, indicator = row.part, row.indicator
    decimals, unit = indicator.decimals, indicator.unit.in_(t.code)
    if row.divided_by_zero:
        yield msg("cannot be calculated: the denominator is zero")
    elif row.lacking_below:
        yield msg("not calculated: {what} missing", what=[each.label for each in row.lacking_below])
    elif part.actual is None:
        yield lacking(part.state)
    else:
        yield msg("actual {actual} {unit}", actual=t.number(part.actual, decimals), unit=unit)
    if part.target is not None:
        yield msg("target {target}", target=t.number(part.target))
    if part.attainment is not None:
        yield msg("attainment {share}", share=t.percent(part.attainment, 1))
    yield msg("weight {share}", share=t.percent(row.share, 1))
    if indicator.local_choice:
        yield msg("local choice: {what}", what=indicator.local_choice.in_(t.code))


def lacking(state: State) -> Message:
    """Why there is no figure."""
    match state:
        case State.NOT_APPLICABLE:
            return msg("does not apply")
        case State.UNREADABLE:
            return msg("not calculated: an entry could not be read")
        case State.BLOCKED:
            return msg("not calculated: an entry contradicts another")
        case _:
            return msg("not calculated: nothing was reported")


def _formula(row: IndicatorExplanation, t: Language) -> str:
    formula = row.indicator.formula
    if row.indicator.method is Method.GROWTH:
        return t("{formula}, divided by the same a year earlier", formula=formula)
    return formula


def _figure(used: Input, t: Language) -> str:
    folds = {"sum": t("sum"), "mean": t("mean of the months reported"), "last": t("last value"), "count": t("months")}
    value = t(
        "{value} {unit}", value=t.number(used.value, 0 if used.use.fold != "mean" else 1), unit=used.unit.in_(t.code)
    )
    return ", ".join(filter(None, (value if used.value is not None else "–", folds[used.use.fold], used.source)))


def _months(used: Input, t: Language) -> Iterator[str]:
    for start in range(0, len(used.months), MONTHS_A_LINE):
        yield " · ".join(_month(month, t) for month in used.months[start : start + MONTHS_A_LINE])
    tabs: dict[tuple[str, int], list[CellRef]] = defaultdict(list)
    for cell in (month.cell for month in used.months if month.cell):
        tabs[cell.workbook, cell.sheet_id].append(cell)
    yield from (f"{cells[0].tab}: {block_url(cells)}" for cells in tabs.values())


def _month(month: MonthFigure, t: Language) -> str:
    where = f" ({month.cell.a1})" if month.cell else ""
    mark = " (?)" if month.questioned else ""
    return f"{t.month(month.period, short=True)} {_content(month, t)}{mark}{where}"


def _content(month: MonthFigure, t: Language) -> str:
    match month.state:
        case State.REPORTED | State.ZERO:
            return t.number(month.value)
        case State.NOT_APPLICABLE:
            return t("not applicable")
        case State.UNREADABLE:
            return t("“{typed}” could not be read", typed=month.typed)
        case State.BLOCKED:
            return t("“{typed}” not counted", typed=month.typed)
        case _:
            return t("empty")


def block_url(cells: Sequence[CellRef]) -> str:
    """Opens the workbook at the block that holds these cells of one tab."""
    corners = [(cell.row, cell.column) for cell in cells]
    first, last = cells[0]._replace(row=min(corners)[0], column=min(column for _, column in corners)), max(corners)
    end = cells[0]._replace(row=last[0], column=max(column for _, column in corners))
    return first.url if first.a1 == end.a1 else f"{first.url}:{end.a1}"


def _legend(explanation: Explanation, t: Language) -> Iterator[str]:
    months = [
        month
        for group in explanation.groups
        for row in group.indicators
        for used in row.inputs
        for month in used.months
    ]
    if any(month.questioned for month in months):
        yield ""
        yield t("(?) counts as it stands, and a question about it is open in the tab of questions.")


def _steps(explanation: Explanation, t: Language) -> Iterator[str]:
    if explanation.steps:
        yield ""
        yield t("Next best steps, if kept up to the end of the year:")
    for step in explanation.steps:
        yield f"  {t(step_message(step, explanation.elements, t.code))}"
