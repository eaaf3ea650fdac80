"""Conditions and truth values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Array, Failure, Result, Table, array
from sheets_sync.local_google.formulas.tree import Literal, Node
from sheets_sync.local_google.workbook import ErrorValue, Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope


_NO, _NOTHING = Literal(value=False), Literal(None)


@function("TRUE", "", 0)
def _true(_: Scope) -> bool:
    return True


@function("FALSE", "", 0)
def _false(_: Scope) -> bool:
    return False


@function("IF", "lazy", 2, 3)
def _if(scope: Scope, condition: Node, yes: Node, no: Node = _NO) -> Result:
    if not scope.arrays:
        return scope.evaluate(yes if coerce.truth(scope.value(condition), "IF") else no)
    found = scope.evaluate(condition)
    if not isinstance(found, Table):
        return scope.evaluate(yes if coerce.truth(found, "IF") else no)
    return _choose_each(found, scope.evaluate(yes), scope.evaluate(no))


def _choose_each(conditions: Table, yes: Result, no: Result) -> Array:
    rows: list[list[Value]] = []
    for place, row in enumerate(conditions.rows()):
        rows.append([_chosen(condition, yes, no, place, column) for column, condition in enumerate(row)])
    return array(rows)


def _chosen(condition: Value, yes: Result, no: Result, row: int, column: int) -> Value:
    if isinstance(condition, ErrorValue):
        return condition
    result = yes if coerce.truth(condition, "IF") else no
    if not isinstance(result, Table):
        return result
    return result.at(row if result.height > 1 else 0, column if result.width > 1 else 0)


@function("IFS", "lazy", 2, None)
def _ifs(scope: Scope, *nodes: Node) -> Result:
    for condition, result in zip(nodes[::2], nodes[1::2], strict=False):
        if coerce.truth(scope.value(condition), "IFS"):
            return scope.evaluate(result)
    raise Failure("N_A", "No match")


@function("SWITCH", "lazy", 3, None)
def _switch(scope: Scope, subject: Node, *nodes: Node) -> Result:
    wanted = scope.value(subject)
    for case, result in zip(nodes[::2], nodes[1::2], strict=False):
        if coerce.compare(wanted, scope.value(case)) == 0:
            return scope.evaluate(result)
    if len(nodes) % 2:
        return scope.evaluate(nodes[-1])
    raise Failure("N_A", "No match")


@function("IFERROR", "lazy", 1, 2)
def _iferror(scope: Scope, node: Node, instead: Node = _NOTHING) -> Result:
    return _or_else(scope, node, instead, kinds=None)


@function("IFNA", "lazy", 1, 2)
def _ifna(scope: Scope, node: Node, instead: Node = _NOTHING) -> Result:
    return _or_else(scope, node, instead, kinds={"N_A"})


def _or_else(scope: Scope, node: Node, instead: Node, kinds: set[str] | None) -> Result:
    """The first value, unless it is an error of these kinds (None: any)."""
    try:
        result = scope.evaluate(node)
        if not (scope.arrays and isinstance(result, Table)):
            return coerce.raised(scope.single(result))
    except Failure as failure:
        if kinds is None or failure.error.kind in kinds:
            return scope.evaluate(instead)
        raise
    other = scope.single(scope.evaluate(instead))
    caught = [[other if _is(value, kinds) else value for value in row] for row in result.rows()]
    return array(caught)


def _is(value: Value, kinds: set[str] | None) -> bool:
    return isinstance(value, ErrorValue) and (kinds is None or value.kind in kinds)


@function("AND", "t", 1, None)
def _and(_: Scope, *arguments: Result) -> bool:
    return all(list(_truths("AND", arguments)))


@function("OR", "t", 1, None)
def _or(_: Scope, *arguments: Result) -> bool:
    return any(list(_truths("OR", arguments)))


@function("XOR", "t", 1, None)
def _xor(_: Scope, *arguments: Result) -> bool:
    return sum(_truths("XOR", arguments)) % 2 == 1


@function("NOT", "v", 1)
def _not(_: Scope, value: Value) -> bool:
    return not coerce.truth(value, "NOT")


def _truths(name: str, arguments: tuple[Result, ...]) -> Iterator[bool]:
    """Texts and blanks inside a range don't count."""
    for place, argument in enumerate(arguments, 1):
        if not isinstance(argument, Table):
            yield coerce.truth(argument, name, place)
            continue
        for value in argument.filled():
            if not isinstance(coerce.raised(value), str):
                yield bool(value)
