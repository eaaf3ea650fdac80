"""The pages as HTML, by templates that escape whatever a workbook holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jinja2

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive.model import File
from sheets_sync.local_google.page.book import Book
from sheets_sync.local_google.page.charts import drawings
from sheets_sync.local_google.page.colours import css, rgb
from sheets_sync.local_google.page.layout import HEAD, Layout, facts_of
from sheets_sync.local_google.page.looks import Looks
from sheets_sync.local_google.page.slicers import slicers
from sheets_sync.local_google.page.words import WORDS, words_in
from sheets_sync.local_google.workbook import Sheet

AT_ONCE = 2
"""Blocks of rows that come with the page; the others come as they are looked at."""
FOR_SCRIPT = tuple(name for name in WORDS if not name.startswith(("missing", "workbooks")))


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("sheets_sync.local_google.page")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def document(book: Book, others: Sequence[Account], asked_language: str, nonce: str) -> str:
    """The whole page."""
    laid, looks = book.layout(), Looks()
    marks, threads = book.side()
    rows = book.rows(laid, marks, looks, laid.blocks[:AT_ONCE])
    asked = {"hl": asked_language} if asked_language else {}
    return (
        _templates()
        .get_template("book.html.j2")
        .render(
            book=book,
            layout=laid,
            rows=rows,
            threads=threads,
            open=book.open_threads,
            slicers=list(slicers(book.workbook, book.sheet, looks, book.now)),
            views=_views(book, asked),
            drawings=list(drawings(book.workbook, book.sheet)),
            words=book.words,
            people=[(each, _address(book.sheet, each, asked)) for each in others],
            tabs=[(sheet, _address(sheet, book.account, asked), _tab_color(sheet, looks)) for sheet in book.tabs],
            widths=[looks.named(f"width:{column.width}px") for column in laid.columns],
            head_width=looks.named(f"width:{HEAD}px"),
            width=looks.named(f"width:{laid.width}px"),
            spaces={block.number: looks.named(f"height:{block.height}px") for block in laid.blocks},
            lefts=[looks.named(f"left:{c.left}px") if c.left is not None else "" for c in laid.columns],
            facts=json.dumps(_facts(book, laid)),
            looks=looks,
            nonce=nonce,
        )
    )


def part(book: Book, numbers: set[int]) -> dict[str, Any]:
    """Some blocks of the open tab anew, with what lies beside the cells."""
    laid, looks = book.layout(), Looks()
    marks, threads = book.side()
    rows = book.rows(laid, marks, looks, (block for block in laid.blocks if block.number in numbers))
    parts = _templates().get_template("parts.html.j2").module
    return {
        "version": str(book.file.version),
        "frame": frame_of(book, laid),
        "blocks": {number: str(parts.rows(found)) for number, found in rows.items()},  # type: ignore[attr-defined]
        "threads": str(parts.threads(threads, book.words, book.role != "reader")),  # type: ignore[attr-defined]
        "open": book.open_threads,
        "looks": looks.sheet,
    }


def listing(files: Iterable[File], language: str) -> str:
    """The page with all workbooks."""
    return _templates().get_template("home.html.j2").render(files=files, words=words_in(language), language=language)


def refusal(language: str) -> str:
    """The page of a workbook that one may not see, or that is not there."""
    return _templates().get_template("missing.html.j2").render(words=words_in(language), language=language)


def frame_of(book: Book, laid: Layout) -> str:
    """Tells one page from another that has other tabs, another title or another layout."""
    tabs = [(sheet.id, sheet.title) for sheet in book.tabs]
    views = [(view["filterViewId"], view["title"]) for view in book.sheet.filter_views]
    return f"{laid.digest} {book.role} {json.dumps([book.workbook.title, tabs, views, _over(book.sheet)])}"


def _over(sheet: Sheet) -> list[Any]:
    """What lies over the cells, as far as the page has to be written anew when it changes."""
    return [len(sheet.charts), *sheet.slicers]


def _views(book: Book, asked: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The filter views of the tab and the way back from one: title, address, whether it is open."""
    if not book.sheet.filter_views:
        return []
    views = [(str(view["filterViewId"]), view["title"]) for view in book.sheet.filter_views]
    opened = str(book.open_view["filterViewId"]) if book.open_view else ""
    listed = [("", book.words["no_view"]), *views]
    return [
        (title, _address(book.sheet, book.account, asked | ({"fvid": view} if view else {})), view == opened)
        for view, title in listed
    ]


def _facts(book: Book, laid: Layout) -> dict[str, Any]:
    return facts_of(laid) | {
        "frame": frame_of(book, laid),
        "id": book.workbook.id,
        "gid": book.sheet.id,
        "tab": book.sheet.title,
        "version": str(book.file.version),
        "authuser": book.account.email or "anonymous",
        "mayWrite": book.may_write,
        "words": {name: book.words[name] for name in FOR_SCRIPT},
    }


def _address(sheet: Sheet, account: Account, asked: dict[str, str]) -> str:
    query = urlencode({"gid": sheet.id, "authuser": account.email or "anonymous", **asked})
    return f"?{query}#gid={sheet.id}"


def _tab_color(sheet: Sheet, looks: Looks) -> str:
    color = sheet.properties.get("tabColorStyle", {}).get("rgbColor") or sheet.properties.get("tabColor")
    return looks.named(f"--tab:{css(rgb(color))}") if color else ""
