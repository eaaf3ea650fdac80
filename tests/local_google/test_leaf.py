"""The local Google is a leaf: nothing of the product is in it, so that it could be a package of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sheets_sync.local_google

FOLDER = Path(sheets_sync.local_google.__file__).parent
OURS, LEAF = "sheets_sync", "sheets_sync.local_google"


def imported(source: str) -> Iterator[str]:
    """The full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def foreign(source: str) -> list[str]:
    """What a module of the leaf takes from the rest of the product."""
    return [name for name in imported(source) if name.split(".")[0] == OURS and not f"{name}.".startswith(f"{LEAF}.")]


def test_it_imports_nothing_of_the_product() -> None:
    """Every import of ours in every module is one of its own."""
    found = {str(path.relative_to(FOLDER)): foreign(path.read_text("utf-8")) for path in FOLDER.rglob("*.py")}
    assert len(found) > 100
    assert not {path: names for path, names in found.items() if names}


@pytest.mark.parametrize(
    "source",
    [
        "import sheets_sync.model",
        "import sheets_sync",
        "from sheets_sync import clock",
        "from sheets_sync.model import Period",
        "from sheets_sync.local_googles import thing",
        "def late():\n    from sheets_sync.errors import UsageError",
    ],
)
def test_what_it_may_not_import_is_noticed(source: str) -> None:
    """The law looks at every form of an import, also inside functions."""
    assert foreign(source)
    assert not foreign(
        "from sheets_sync.local_google import ranges\nimport sheets_sync.local_google.ranges\nimport json"
    )
