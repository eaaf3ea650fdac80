"""Reads YAML files into a checked model, one laid over the other; every error names file, line, what was found and what is expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from sheets_sync.config.expected import expected, found
from sheets_sync.config.yaml_text import read_tree
from sheets_sync.config.yaml_tree import Node, laid_over
from sheets_sync.errors import ConfigError
from sheets_sync.model import Message, Period, msg


class Config(BaseModel):
    """The base of every section: frozen, and a setting nobody knows is an error rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Config):
    """A text that people read, in Indonesian and English; a plain string stands for both."""

    id: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, value: Any) -> Any:
        return {"id": str(value), "en": str(value)} if isinstance(value, str | int | float) else value

    def in_(self, code: str) -> str:
        """The text in the language `id` or `en`."""
        return self.en if code == "en" else self.id


def _month(text: str) -> str:
    try:
        Period.parse(text)
    except ValueError as error:
        raise ValueError(msg("a month like 2024-10")) from error
    return text


# Settings under their old names, by file (an office's own file counts as office.yaml): what to write now.
RENAMED: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("google.yaml", "tries"): "attempts",
        ("google.yaml", "patience"): "retry_timeout_seconds",
        ("mail.yaml", "tries"): "give_up_days",  # days, no longer a number of tries
    }
)
REMOVED = frozenset({("office.yaml", "short_name")})  # settings that once were there and changed nothing

Month = Annotated[str, AfterValidator(_month)]
"""The text of a month, like `2024-10`."""

Model = TypeVar("Model", bound=BaseModel)

UNSAID: Final = "unsaid"  # the type of a problem with a setting whose value is never shown, since it holds a password


def read_yaml(path: Path, model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """The file's content as `model`; `context` is what the model's validators need to know of other files.

    The `folder` in it is what paths are relative to, where that is not the file's own.

    Raises:
        ConfigError: the file is missing, is no YAML, or says something the model does not allow.
    """
    return read_layers([path], model, context)


def read_layers(paths: Sequence[Path], model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """Files as one `model`, each laid over the ones before it: what it doesn't say stays as it was below.

    Settings are laid over by name, things that have an `id` (elements) by their id; any other list is taken whole.

    Raises:
        ConfigError: as `read_yaml`, naming the file and line where what is wrong was said.
    """
    document = reduce(laid_over, map(read_tree, paths))
    try:
        return model.model_validate(document.plain(), context={"folder": paths[0].parent, **(context or {})})
    except ValidationError as error:
        problems = [_describe(document, problem) for problem in error.errors(include_url=False)]
        raise ConfigError(listed(problems)) from error


def listed(problems: Sequence[Message]) -> Message:
    """Each of them on a line of its own."""
    if len(problems) == 1:
        return problems[0]
    lines = {f"line{n}": problem for n, problem in enumerate(problems)}
    return Message("\n".join(f"{{{name}}}" for name in lines), lines)


def _describe(document: Node, problem: ErrorDetails) -> Message:
    at = _deepest(document, problem["loc"])
    where, setting, file = f"{at.path}:{at.line}", ".".join(_names(document, problem["loc"])), _file(at.path)
    match problem["type"]:
        case "missing":
            return msg("{where}: the setting {setting} is missing.", where=where, setting=setting)
        case "extra_forbidden" if (file, setting) in REMOVED:
            return msg("{where}: the setting {setting} is no longer used. Remove it.", where=where, setting=setting)
        case "extra_forbidden" if (new := RENAMED.get((file, setting))) is not None:
            return msg(
                "{where}: the setting {setting} is now called {new}. Write {new} in its place.",
                where=where,
                setting=setting,
                new=new,
            )
        case "extra_forbidden":
            return msg(
                "{where}: there is no setting {setting}{hint}. Remove it or correct its name.",
                where=where,
                setting=setting,
                hint=_hint(problem),
            )
        case kind if kind == UNSAID:
            return msg(
                "{where}: {setting} holds a password. Passwords never stand in YAML: take it out here and set the "
                "environment variable {variable} instead.",
                where=where,
                setting=setting,
                variable=problem["msg"],
            )
        case _ if not setting:
            return msg("{where}: expected: {expected}", where=where, expected=expected(problem))
        case _:
            return msg(
                "{where}: {setting} is {found}; expected: {expected}",
                where=where,
                setting=setting,
                found=found(problem["input"]),
                expected=expected(problem),
            )


def _file(path: Path) -> str:
    """The file's name, by which settings are known."""
    return "office.yaml" if path.parent.name == "offices" else path.name


def _hint(problem: ErrorDetails) -> Message | str:
    known = problem.get("ctx", {}).get("known", ())
    close = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1)
    return msg(" (did you mean {name}?)", name=close[0]) if close else ""


def _names(document: Node, location: tuple[int | str, ...]) -> Iterator[str]:
    """The location's steps that are in the file; pydantic adds names of union members to it."""
    node = document
    for position, step in enumerate(location):
        inside = node.inside(step)
        if inside is not None or position == len(location) - 1:
            yield str(step + 1) if isinstance(step, int) else step
        node = inside or node


def _deepest(document: Node, location: tuple[int | str, ...]) -> Node:
    """The last thing on the way to the location that is in a file."""
    node = document
    for step in location:
        node = node.inside(step) or node
    return node
