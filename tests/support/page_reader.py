"""Reads the page of a workbook as a browser would get it: cells with text, look, span and note."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import requests

from sheets_sync.local_google import LocalGoogle


@dataclass
class PageCell:
    """A cell of the page."""

    text: str = ""
    classes: list[str] = field(default_factory=list)
    across: int = 1
    down: int = 1
    note: str = ""
    entered: str | None = None
    guard: str = ""


class _Cells(HTMLParser):
    """Collects the cells of a table; `tags` are all elements with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], PageCell] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in: PageCell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        place = re.fullmatch(r"r(\d+)c(\d+)", given.get("id") or "")
        if tag == "td" and place:
            self._in = self.cells[int(place[1]), int(place[2])] = PageCell(
                "",
                (given.get("class") or "").split(),
                int(given.get("colspan") or 1),
                int(given.get("rowspan") or 1),
                given.get("data-note") or "",
                given.get("data-in"),
                given.get("data-guard") or "",
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._in = None

    def handle_data(self, data: str) -> None:
        if self._in is not None:
            self._in.text += data


@dataclass
class Visitor:
    """A browser without a screen: signed in unless `stranger`."""

    google: LocalGoogle
    file_id: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.headers["Connection"] = "close"

    def sign_in(self) -> Visitor:
        self.session.get(self.google.page(self.file_id), timeout=20).raise_for_status()
        return self

    def get(self, what: str = "edit", **query: Any) -> requests.Response:
        url = f"{self.google.url}/spreadsheets/d/{self.file_id}/{what}"
        return self.session.get(url, params=query, timeout=30)

    def facts(self, **query: Any) -> dict[str, Any]:
        """What the page tells its script."""
        tags = read(self.get(**query).text).tags
        found = next(given["data-facts"] for tag, given in tags if given.get("id") == "book")
        return dict(json.loads(found or ""))

    def tab(self, gid: int, count: int = 0, **query: Any) -> tuple[dict[tuple[int, int], PageCell], dict[str, str]]:
        """Every cell of a tab, or of its first so many blocks, and the style sheet by class."""
        count = count or len(self.facts(gid=gid, **query)["blocks"])
        part = self.get("part", gid=gid, blocks=",".join(map(str, range(count))), **query).json()
        cells = read("<table>" + "".join(part["blocks"].values())).cells
        return cells, dict(re.findall(r"\.(k\w+)\{(.*)\}", part["looks"]))


def read(html: str) -> _Cells:
    parser = _Cells()
    parser.feed(html)
    return parser


def colour(cell: PageCell, looks: dict[str, str], name: str, usual: str) -> str:
    """A colour of a cell by day, as six digits."""
    declared = ";".join(looks.get(each, "") for each in cell.classes)
    found = re.search(rf"(?:^|;){name}:light-dark\(#(\w+)", declared)
    return found[1] if found else usual


def hexed(color: dict[str, float]) -> str:
    """A Color of the API as six digits."""
    return "".join(f"{round(255 * color.get(name, 0)):02x}" for name in ("red", "green", "blue"))


def tab_ids(book: dict[str, Any]) -> Iterator[int]:
    for sheet in book["sheets"]:
        yield sheet["properties"]["sheetId"]
