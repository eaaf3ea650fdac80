"""Formulas over data elements: a line of text becomes a checked tree. Nothing is ever handed to `eval`.

A formula is arithmetic (`+ - * /`, comparisons giving 1 or 0) over element ids and numbers, with

    sum(x)  mean(x)  last(x)  count(x)      over the score's horizon; missing months are left out
    sum(x, r12)                             over a window of its own, ending with the score's month: month, quarter
                                            (three months), ytd (the reporting year so far) or r12 (twelve months)
    or_zero(element)                        a blank counts as 0 in a month in which anything else was reported

`mean` divides by the months that were reported and `count` counts them. What stands outside these functions adds up
over the horizon if it is a flow and takes its last value if it is a stock or a reference.
"""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from sheets_sync.config.office import ElementKind
from sheets_sync.model import Horizon, Message, msg

Fold: TypeAlias = Literal["sum", "mean", "last", "count"]
FOLDS: tuple[Fold, ...] = ("sum", "mean", "last", "count")
POPULATION = "population"  # an element that is always there: the register gives it
MAX_LENGTH = 500
MAX_DEPTH = 50
_WINDOWS = ", ".join(Horizon)
_ARITHMETIC: dict[type[ast.AST], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type[ast.AST], str] = {
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """An element's figures, month by month; `or_zero` takes a blank as 0."""

    element: str
    or_zero: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """Two sides joined by an arithmetic or comparison sign."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Folded:
    """Months made one figure; `window` None is the score's own horizon."""

    fold: Fold
    inside: Node
    window: Horizon | None = None


Node: TypeAlias = Number | Name | Operation | Folded


@dataclass(frozen=True, slots=True)
class Use:
    """An element that a formula reads, and how its months are made one figure."""

    element: str
    fold: Fold
    window: Horizon | None
    or_zero: bool


@cache
def parse(text: str) -> Node:
    """The formula's tree.

    Raises:
        ValueError: it is no formula; the text says what was expected.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(msg("a formula of at most {count} characters", count=MAX_LENGTH))
    try:
        node = _node(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(msg("a formula like visits_onsite + or_zero(visits_online)")) from error
    if _depth(node) > MAX_DEPTH:
        raise ValueError(msg("a formula nested at most {count} deep", count=MAX_DEPTH))
    return node


def _depth(node: Node) -> int:
    match node:
        case Operation(left=left, right=right):
            return 1 + max(_depth(left), _depth(right))
        case Folded(inside=inside):
            return 1 + _depth(inside)
        case _:
            return 1


def _node(tree: ast.expr) -> Node:
    match tree:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return _number(value)
        case ast.Name(id=name):
            return Name(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Operation("-", Number(0.0), _node(operand))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
            return Operation(_ARITHMETIC[type(sign)], _node(left), _node(right))
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _COMPARISONS:
            return Operation(_COMPARISONS[type(sign)], _node(left), _node(right))
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            return _call(function, arguments)
        case _:
            raise _refusal(tree)


def _refusal(tree: ast.expr) -> ValueError:
    return ValueError(
        msg(
            "only elements, numbers, + - * /, comparisons, {folds} and or_zero; not {found}",
            folds=", ".join(FOLDS),
            found=ast.unparse(tree),
        )
    )


def _number(value: float) -> Number:
    number = float(value) if abs(value) < 1e15 else math.inf
    if not math.isfinite(number):
        raise ValueError(msg("numbers below 1e15"))
    return Number(number)


def _call(function: str, arguments: list[ast.expr]) -> Node:
    match function, arguments:
        case "or_zero", [ast.Name(id=element)]:
            return Name(element, or_zero=True)
        case "or_zero", _:
            raise ValueError(msg("or_zero(element) with one element id inside"))
        case (("sum" | "mean" | "last" | "count"), [inside]):
            return _folded(function, inside, None)
        case (("sum" | "mean" | "last" | "count"), [inside, ast.Name(id=window)]) if window in list(Horizon):
            return _folded(function, inside, Horizon(window))
        case (("sum" | "mean" | "last" | "count"), _):
            raise ValueError(
                msg(
                    "{function}(x) or {function}(x, window) with a window of {windows}",
                    function=function,
                    windows=_WINDOWS,
                )
            )
        case _:
            known = (*FOLDS, "or_zero")
            raise ValueError(
                msg(
                    "one of {known}; there is no {name}{hint}",
                    known=list(known),
                    name=function,
                    hint=_hint(function, known),
                )
            )


def _folded(fold: Fold, inside: ast.expr, window: Horizon | None) -> Folded:
    node = _node(inside)
    if any(isinstance(part, Folded) for part in walk(node)):
        raise ValueError(
            msg("{fold}(…) over months, so without another {folds} inside", fold=fold, folds=", ".join(FOLDS))
        )
    if not any(isinstance(part, Name) for part in walk(node)):
        raise ValueError(msg("{fold}(…) with an element inside", fold=fold))
    return Folded(fold, node, window)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, left to right."""
    yield node
    match node:
        case Operation(left=left, right=right):
            yield from walk(left)
            yield from walk(right)
        case Folded(inside=inside):
            yield from walk(inside)


@cache
def resolve(text: str, flows: frozenset[str]) -> Node:
    """The formula's tree in which every element stands in a fold; `flows` are the elements that add up.

    Raises:
        ValueError: no formula, or flows and stocks are mixed where no function says how.
    """
    return _resolve(parse(text), flows)


def _resolve(node: Node, flows: frozenset[str]) -> Node:
    if isinstance(node, Operation) and any(isinstance(part, Folded) for part in walk(node)):
        return Operation(node.sign, _resolve(node.left, flows), _resolve(node.right, flows))
    inside = [part.element for part in walk(node) if isinstance(part, Name)]
    if isinstance(node, Folded) or not inside:
        return node
    flowing = [element in flows for element in inside]
    if any(flowing) and not all(flowing):
        raise ValueError(
            msg("sum(…), mean(…) or last(…) around each of {names}: some add up, some do not", names=inside)
        )
    return Folded("sum" if all(flowing) else "last", node)


def uses(node: Node) -> tuple[Use, ...]:
    """Every element that a resolved formula reads, each once, in the formula's order."""
    found = [
        Use(name.element, part.fold, part.window, name.or_zero)
        for part in walk(node)
        if isinstance(part, Folded)
        for name in walk(part.inside)
        if isinstance(name, Name)
    ]
    return tuple(dict.fromkeys(found))


def slope(node: Node, element: str) -> float | None:
    """By how much what stands in a fold changes with one more of an element; None: that depends on how much there is."""
    match node:
        case Name(name):
            return float(name == element)
        case Operation("+" | "-" as sign, left, right):
            one, other = slope(left, element), slope(right, element)
            return None if one is None or other is None else one + other if sign == "+" else one - other
        case _:
            return None if any(name.element == element for name in names_in(node)) else 0.0


@cache
def names_in(node: Node) -> frozenset[Name]:
    """The elements that stand in a tree, as they are named there."""
    return frozenset(part for part in walk(node) if isinstance(part, Name))


def names(*formulas: str | None) -> tuple[str, ...]:
    """The elements of these formulas, each once, in order; None is left aside."""
    parts = (part for text in formulas if text for part in walk(parse(text)))
    return tuple(dict.fromkeys(part.element for part in parts if isinstance(part, Name)))


def check(text: str, kinds: Mapping[str, ElementKind] | None = None) -> None:
    """Refuses a formula that does not parse or, where `kinds` are given, that reads an element nobody knows.

    Raises:
        ValueError: what is wrong, with the closest known element.
    """
    if not names(text):
        raise ValueError(msg("a formula with at least one element"))
    if kinds is None:
        return
    known = (POPULATION, *kinds)
    for name in names(text):
        if name not in known:
            raise ValueError(
                msg("elements that are configured; there is no {name}{hint}", name=name, hint=_hint(name, known))
            )
    resolve(text, flows_of(kinds))


def _hint(name: str, known: Iterable[str]) -> Message | str:
    close = difflib.get_close_matches(name, known, n=1)
    return msg(" (did you mean {name}?)", name=close[0]) if close else ""


def flows_of(kinds: Mapping[str, ElementKind]) -> frozenset[str]:
    """The elements that add up over months."""
    return frozenset(element for element, kind in kinds.items() if kind is ElementKind.FLOW)
