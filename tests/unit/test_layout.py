"""The house: arrows point down, from the faces to the jobs, the stages and the values; nothing reaches over a floor."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from places import ROOT

PACKAGE = ROOT / "sheets_sync"
STAGES = ("google", "intake", "checks", "store", "kpi", "rekap", "comments", "setup", "reports", "mail", "notify")
PURE = ("intake", "checks", "kpi", "rekap", "comments", "setup", "reports")
LOOSE = {"app", "errors", "i18n", "clock"}  # beside what Python itself wants at the top
FLOORS = (  # from the roof down: nothing imports what stands above it
    ("cli",),
    ("demo",),
    ("web",),
    ("jobs",),
    ("app",),
    ("settings",),
    STAGES,
    ("rules",),
    ("config",),
    ("errors", "clock"),
    ("i18n",),
    ("model", "wire"),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names a module imports, wherever in it."""
    return tuple(_imported(ast.parse(path.read_text(encoding="utf-8"))))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def rooms(path: Path) -> set[str]:
    """The rooms of ours that a module imports from."""
    return {parts[1] for name in imports(path) if (parts := name.split("."))[0] == "sheets_sync" and len(parts) > 1}


def modules(*of: str) -> list[Path]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return [path for path in paths if "migrations" not in path.parts and (not of or room_of(path) in of)]


def breaches(allowed: dict[str, set[str]]) -> list[str]:
    """Every import of a room that the importing room may not know."""
    return [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in modules(*allowed)
        for room in sorted(rooms(path) & allowed[room_of(path)])
    ]


def test_few_modules_are_loose_at_the_top() -> None:
    """Beside the packages there are only the four modules that everybody needs."""
    loose = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert loose == LOOSE


def test_every_room_stands_on_a_floor() -> None:
    """A new folder has to say on which floor it stands."""
    named = {room_of(path) for path in modules()} - {"__init__", "__main__"}
    assert named - set(FLOOR) == {"local_google", "locale", "fonts"}


def test_every_room_says_what_it_is_for() -> None:
    """A folder has a sentence at its top."""
    tops = {path.parent / "__init__.py" for path in modules(*FLOOR)} - {PACKAGE / "__init__.py"}
    assert [top for top in tops if not ast.get_docstring(ast.parse(top.read_text(encoding="utf-8")))] == []


def test_arrows_point_down() -> None:
    """No module imports from a floor above its own."""
    above = {room: {other for other, floor in FLOOR.items() if floor < FLOOR[room]} for room in FLOOR}
    assert breaches(above) == []


def test_stages_that_are_pure_know_neither_store_nor_google() -> None:
    """What is computed is computed from values: no database, no network, no mail server."""
    assert breaches({room: {"store", "google"} for room in PURE}) == []


def test_only_the_faces_know_the_local_google() -> None:
    """The local server is a leaf: cli and demo start it, nothing else has heard of it."""
    assert breaches({room: {"local_google"} for room in FLOOR if room not in ("cli", "demo")}) == []


def test_the_local_google_knows_nothing_of_ours() -> None:
    """It could be taken out and used by anybody."""
    assert {room for path in modules("local_google") for room in rooms(path)} - {"local_google"} == set()


def test_the_model_takes_the_standard_library_only() -> None:
    """Values are plain Python: whoever reads them needs to know nothing else."""
    import sys

    foreign = {name.split(".")[0] for path in modules("model") for name in imports(path)} - sys.stdlib_module_names
    assert foreign == {"sheets_sync"}


def circles(arrows: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Rooms from which one comes back to where one was."""

    def walk(room: str, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if room in way:
            yield (*way[way.index(room) :], room)
            return
        for other in sorted(arrows.get(room, ())):
            yield from walk(other, (*way, room))

    for room in sorted(arrows):
        yield from walk(room, ())


def test_no_rooms_import_each_other_in_a_circle() -> None:
    """Rooms on one floor may know each other one way only."""
    arrows: dict[str, set[str]] = {}
    for path in modules(*FLOOR):
        arrows.setdefault(room_of(path), set()).update((rooms(path) & set(FLOOR)) - {room_of(path)})
    assert next(circles(arrows), None) is None


@pytest.mark.parametrize(
    ("room", "private"),
    [("google", "gspread"), ("store", "sqlalchemy"), ("mail", "smtplib")],
)
def test_an_outside_service_has_one_seam(room: str, private: str) -> None:
    """Only the room that talks to a service imports its client."""
    found = {room_of(path) for path in modules(*FLOOR) if any(name.split(".")[0] == private for name in imports(path))}
    assert found - {"demo"} <= {room}
