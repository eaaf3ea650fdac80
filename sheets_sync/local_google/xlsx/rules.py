"""Conditional formats and filters between the API's shape and Excel's. Rules about dates have no counterpart that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl.formatting.rule import ColorScaleRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.workbook import Box, Sheet
from sheets_sync.local_google.xlsx.formulas import from_excel, to_excel
from sheets_sync.local_google.xlsx.styles import colored, read_color, rgb, write_color

OPERATORS: dict[str, str] = {
    "greaterThan": "NUMBER_GREATER",
    "greaterThanOrEqual": "NUMBER_GREATER_THAN_EQ",
    "lessThan": "NUMBER_LESS",
    "lessThanOrEqual": "NUMBER_LESS_THAN_EQ",
    "equal": "NUMBER_EQ",
    "notEqual": "NUMBER_NOT_EQ",
    "between": "NUMBER_BETWEEN",
    "notBetween": "NUMBER_NOT_BETWEEN",
}
TEXTS = {
    "containsText": ("TEXT_CONTAINS", "NOT(ISERROR(SEARCH({text},{cell})))"),
    "notContainsText": ("TEXT_NOT_CONTAINS", "ISERROR(SEARCH({text},{cell}))"),
    "beginsWith": ("TEXT_STARTS_WITH", "LEFT({cell},LEN({text}))={text}"),
    "endsWith": ("TEXT_ENDS_WITH", "RIGHT({cell},LEN({text}))={text}"),
}
BLANKS = {"containsBlanks": ("BLANK", "LEN(TRIM({cell}))=0"), "notContainsBlanks": ("NOT_BLANK", "LEN(TRIM({cell}))>0")}
POINTS = {"min": "MIN", "max": "MAX", "num": "NUMBER", "percent": "PERCENT", "percentile": "PERCENTILE"}
OPERATORS_BACK: dict[str, Any] = {google: excel for excel, google in OPERATORS.items()}
POINTS_BACK = {google: excel for excel, google in POINTS.items()}


def read_rules(ws: Worksheet, sheet: Sheet, decimal: str) -> None:
    """Put what an Excel sheet has into ours."""
    found = [(rule.priority or 0, area, rule) for area in ws.conditional_formatting for rule in area.rules]
    for _, area, rule in sorted(found, key=lambda one: one[0]):
        ranges = [_grid_range(sheet.id, str(part.coord)) for part in area.cells.ranges]
        said = _gradient(rule) if rule.type == "colorScale" else _boolean(rule, decimal)
        if said:
            sheet.conditional_formats.append({"ranges": ranges} | said)
    if ws.auto_filter.ref:
        sheet.basic_filter = {"range": _grid_range(sheet.id, ws.auto_filter.ref)}


def _grid_range(sheet_id: int, reference: str) -> JsonObject:
    left, top, right, bottom = range_boundaries(reference)
    edges = {
        "startRowIndex": (top or 1) - 1,
        "endRowIndex": bottom,
        "startColumnIndex": (left or 1) - 1,
        "endColumnIndex": right,
    }
    return ({"sheetId": sheet_id} if sheet_id else {}) | {
        name: edge for name, edge in edges.items() if edge is not None
    }


def _boolean(rule: Rule, decimal: str) -> JsonObject | None:
    kind, values = "", [_typed(text, decimal) for text in rule.formula]
    if rule.type == "cellIs" and rule.operator in OPERATORS:
        kind = OPERATORS[rule.operator]
    elif rule.type == "expression":
        kind, values = "CUSTOM_FORMULA", [from_excel(f"={rule.formula[0]}", decimal)]
    elif rule.type in TEXTS:
        kind, values = TEXTS[rule.type][0], [str(rule.text)]
    elif rule.type in BLANKS:
        kind, values = BLANKS[rule.type][0], []
    if not kind:
        return None
    condition = {"type": kind} | ({"values": [{"userEnteredValue": value} for value in values]} if values else {})
    return {"booleanRule": {"condition": condition, "format": _read_look(rule.dxf)}}


def _typed(formula: str, decimal: str) -> str:
    """A number as typed, a text without its quotes, anything else as a formula."""
    try:
        float(formula)
    except ValueError:
        quoted = len(formula) > 1 and formula.startswith('"') and formula.endswith('"')
        return formula[1:-1].replace('""', '"') if quoted else from_excel(f"={formula}", decimal)
    return formula.replace(".", decimal)


def _read_look(style: DifferentialStyle | None) -> JsonObject:
    look: JsonObject = {}
    fill = read_color(style.fill.bgColor) if style is not None and isinstance(style.fill, PatternFill) else None
    if fill is not None:
        look |= colored("backgroundColor", fill)
    if style is not None and style.font is not None:
        font = style.font
        text: JsonObject = {}
        flags = {"bold": font.b, "italic": font.i, "strikethrough": font.strike}
        text |= {name: True for name, on in flags.items() if on}
        color = read_color(font.color)
        text |= colored("foregroundColor", color) if color is not None else {}
        look |= {"textFormat": text} if text else {}
    return look


def _gradient(rule: Rule) -> JsonObject:
    scale = rule.colorScale
    assert scale is not None  # that is its type
    points = []
    for place, color in zip(scale.cfvo, scale.color, strict=True):
        kind = POINTS.get(place.type, "NUMBER")
        value = {} if kind in {"MIN", "MAX"} else {"value": f"{place.val:g}"}
        points.append({"type": kind} | value | colored("color", read_color(color) or {}))
    names = ("minpoint", "maxpoint") if len(points) == 2 else ("minpoint", "midpoint", "maxpoint")
    return {"gradientRule": dict(zip(names, points, strict=True))}


def write_rules(ws: Worksheet, sheet: Sheet, decimal: str) -> None:
    """Put what our sheet has into an Excel sheet."""
    for rule in sheet.conditional_formats:
        boxes = [grid_bounds(found).within(sheet.box) for found in rule["ranges"]]
        places = " ".join(_reference(box) for box in boxes if not box.empty)
        made = next(_excel_rules(rule, boxes[0], sheet, decimal), None)
        if made is not None and places:
            ws.conditional_formatting.add(places, made)
    if sheet.basic_filter:
        ws.auto_filter.ref = _reference(grid_bounds(sheet.basic_filter["range"]).within(sheet.box))


def _reference(box: Box) -> str:
    return f"{get_column_letter(box.left + 1)}{box.top + 1}:{get_column_letter(box.right)}{box.bottom}"


def _excel_rules(rule: JsonObject, first: Box, sheet: Sheet, decimal: str) -> Iterator[Rule]:
    """The rule as Excel has it; nothing where Excel has no such rule."""
    if "gradientRule" in rule:
        yield _color_scale(rule["gradientRule"])
        return
    condition = rule["booleanRule"]["condition"]
    kind, values = condition["type"], [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    style, cell = (
        _write_look(rule["booleanRule"].get("format", {})),
        f"{get_column_letter(first.left + 1)}{first.top + 1}",
    )
    if kind in OPERATORS_BACK:
        formulas = [_excel_value(value, sheet, decimal) for value in values]
        yield Rule("cellIs", operator=OPERATORS_BACK[kind], formula=formulas, dxf=style)
    elif kind == "CUSTOM_FORMULA":
        formula = to_excel(values[0], decimal, sheet.row_count, sheet.column_count)
        yield Rule("expression", formula=[formula.removeprefix("=")], dxf=style)
    for excel, (google, pattern) in (TEXTS | BLANKS).items():
        if kind == google:
            text = '"' + values[0].replace('"', '""') + '"' if values else ""
            more: JsonObject = (
                {"operator": excel.replace("notContainsText", "notContains"), "text": values[0]} if values else {}
            )
            facts: JsonObject = {"type": excel, "formula": [pattern.format(text=text, cell=cell)], "dxf": style} | more
            yield Rule(**facts)


def _excel_value(typed: str, sheet: Sheet, decimal: str) -> str:
    if typed.startswith("="):
        return to_excel(typed, decimal, sheet.row_count, sheet.column_count).removeprefix("=")
    return typed.replace(decimal, ".")


def _write_look(look: Mapping[str, Any]) -> DifferentialStyle:
    text, fill = look.get("textFormat", {}), rgb(dict(look), "backgroundColor")
    color = rgb(text, "foregroundColor")
    font = Font(
        b=text.get("bold"),
        i=text.get("italic"),
        strike=text.get("strikethrough"),
        color=write_color(color) if color is not None else None,
    )
    return DifferentialStyle(font=font, fill=PatternFill(bgColor=write_color(fill)) if fill is not None else None)


def _color_scale(gradient: JsonObject) -> Rule:
    options: JsonObject = {}
    for ours, theirs in (("minpoint", "start"), ("midpoint", "mid"), ("maxpoint", "end")):
        point = gradient.get(ours)
        if point:
            options[f"{theirs}_type"] = POINTS_BACK.get(point["type"], "num")
            options[f"{theirs}_value"] = float(point["value"].replace(",", ".")) if point.get("value") else None
            options[f"{theirs}_color"] = write_color(rgb(point, "color") or {})
    made: Rule = ColorScaleRule(**options)  # type: ignore[no-untyped-call]
    return made
