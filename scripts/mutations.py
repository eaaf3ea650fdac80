"""The mutants of a module: its syntax tree with one small change at a time, such as `<` for `<=`. Standard library only.

Left alone are annotations, decorators, docstrings and asserts, which say nothing about what is computed, and texts that
nothing is compared with, which are what people read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.AST], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
SILENT = {"annotation", "returns", "decorator_list", "type_comment"}  # fields of a node in which nothing is changed
REMOVABLE = (ast.AugAssign, ast.Raise, ast.Delete)
Place = tuple[ast.AST, str, int | None]  # a node's parent, the parent's field, and the index in it where it is a list


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: the line, the changed part before and after, and what Python makes of the whole."""

    line: int
    before: str
    after: str
    code: CodeType


def mutants(source: str, filename: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    compared = set(_compared_texts(tree))
    for place, node in sorted(_places(tree), key=lambda found: getattr(found[1], "lineno", 0)):
        for change in (*_changes(node, place[0]), *_other_text(node, compared)):
            ast.fix_missing_locations(ast.copy_location(change, node))
            _put(place, change)
            yield Mutant(node.lineno, ast.unparse(node), ast.unparse(change), compile(tree, filename, "exec"))
            _put(place, node)


def _places(node: ast.AST) -> Iterator[tuple[Place, ast.expr | ast.stmt]]:
    """Every expression and statement that may be changed, with its place."""
    for field, value in ast.iter_fields(node):
        if field in SILENT or isinstance(node, ast.Assert | ast.JoinedStr):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.expr | ast.stmt):
                yield (node, field, index), child
            if isinstance(child, ast.AST):
                yield from _places(child)


def _put(place: Place, node: ast.AST) -> None:
    parent, field, index = place
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _changes(node: ast.expr | ast.stmt, parent: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    match node:
        case ast.Compare(left, operators, others):
            yield from (ast.Compare(left, changed, others) for changed in _compared(operators))
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS and not _asks_for_a_type(parent):
            yield ast.BinOp(left, OPERATORS[type(operator)](), right)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.Constant(value):
            yield from map(ast.Constant, _other_values(value))
        case ast.stmt():
            yield from _statements(node)
    if isinstance(node, ast.expr) and _is_condition(node, parent) and not _negated_already(node):
        yield ast.UnaryOp(ast.Not(), node)


def _compared(operators: list[ast.cmpop]) -> Iterator[list[ast.cmpop]]:
    for at, operator in enumerate(operators):
        for other in COMPARISONS[type(operator)]:
            yield [*operators[:at], other(), *operators[at + 1 :]]


def _other_values(value: object) -> Iterator[bool | float]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield from (value + 1, value - 1)


def _compared_texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts that something is compared with, alone or in a row such as `mark in (".", ",")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.MatchValue):
            yield from (
                each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _other_text(node: ast.AST, compared: set[ast.Constant]) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node in compared:
        yield ast.Constant(f"{node.value}~")


def _statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(ast.expr() as value) if ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Expr(ast.Call()) | ast.Assign([ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
        case _ if isinstance(node, REMOVABLE):
            yield ast.Pass()


def _is_condition(node: ast.AST, parent: ast.AST) -> bool:
    match parent:
        case ast.If(test) | ast.IfExp(test) | ast.While(test):
            return node is test
        case ast.comprehension(ifs=conditions):
            return node in conditions
        case ast.match_case(guard=guard):
            return node is guard
    return False


def _asks_for_a_type(parent: ast.AST) -> bool:
    """Whether `|` joins types there: any other operator would fail at once, which says nothing about the tests."""
    return isinstance(parent, ast.Call) and ast.unparse(parent.func) in ("isinstance", "issubclass")


def _negated_already(node: ast.AST) -> bool:
    """Whether a condition's own mutants contain its negation."""
    return isinstance(node, ast.UnaryOp | ast.Constant) or (isinstance(node, ast.Compare) and len(node.ops) == 1)
