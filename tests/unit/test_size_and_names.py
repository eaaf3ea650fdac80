"""What keeps the house light: short modules and functions, one name for one thing, no setting that nobody reads."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from places import ROOT
from pydantic import BaseModel

from sheets_sync.config.yaml_file import Config
from sheets_sync.intake.options import RegisterNames
from sheets_sync.notify.options import ServiceOptions

PACKAGE = ROOT / "sheets_sync"
MAX_MODULE, MAX_FUNCTION = 300, 45
BY_FIELD = {RegisterNames}  # whoever reads these goes through all of their fields


def sections(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A section of the configuration and all below it."""
    yield model
    for below in model.__subclasses__():
        yield from sections(below)


assert ServiceOptions in sections(Config)  # with the settings every section is there
SECTIONS = [each for each in dict.fromkeys(sections(Config)) if each not in BY_FIELD]


@cache
def source() -> dict[Path, str]:
    """Our modules, migrations aside: what those once did stays as it is."""
    paths = (path for top in (PACKAGE, ROOT / "scripts") for path in top.rglob("*.py"))
    return {path: path.read_text(encoding="utf-8") for path in sorted(paths) if "migrations" not in path.parts}


@cache
def defined() -> list[tuple[Path, ast.FunctionDef | ast.ClassDef]]:
    """Every function and class, and where it is."""
    trees = ((path, ast.parse(text)) for path, text in source().items())
    found = ((path, node) for path, tree in trees for node in ast.walk(tree))
    return [(path, node) for path, node in found if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_modules_are_short() -> None:
    """A module that is longer has two things to say."""
    assert [str(path) for path, text in source().items() if len(text.splitlines()) > MAX_MODULE] == []


def test_functions_are_short() -> None:
    """A function that is longer has steps that deserve names."""
    functions = [(path, node) for path, node in defined() if isinstance(node, ast.FunctionDef)]
    long = [(path.name, f.name) for path, f in functions if (f.end_lineno or 0) - f.lineno >= MAX_FUNCTION]
    assert len(functions) > 1000
    assert long == []


def test_a_class_s_name_stands_for_one_thing() -> None:
    """No two public classes of the product share a name; the local Google speaks Google's own words."""
    places = defaultdict(list)
    for path, node in defined():
        if isinstance(node, ast.ClassDef) and "local_google" not in path.parts and PACKAGE in path.parents:
            places[node.name].append(path.name)
    assert {name: found for name, found in places.items() if len(found) > 1 and not name.startswith("_")} == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_is_read(section: type[BaseModel]) -> None:
    """A setting that nobody reads changes nothing, and whoever sets it is left to wonder."""
    templates = (path for path in ROOT.glob("report_templates/*") if path.is_file())
    texts = [*source().values(), *(path.read_text(encoding="utf-8") for path in templates)]
    unread = [name for name in section.model_fields if not any(re.search(rf"\.{name}\b", text) for text in texts)]
    assert unread == []
