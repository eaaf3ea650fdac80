"""The panel's addresses, and the one thread in which the demo's world lives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sheets_sync.demo import people
from sheets_sync.demo.panel.acts import Stage
from sheets_sync.demo.panel.clock import HandClock
from sheets_sync.demo.panel.outbox import ArrivedMail, arrived, kept_file
from sheets_sync.demo.panel.own import OwnTable
from sheets_sync.demo.panel.story import Chapter, gist
from sheets_sync.demo.panel.tour import TOUR
from sheets_sync.demo.panel.words import words
from sheets_sync.demo.place import prepare
from sheets_sync.demo.world import NOW, world
from sheets_sync.i18n import LANGUAGES, Language, language
from sheets_sync.web import adoption
from sheets_sync.web.server import LocalPages

T = TypeVar("T")
STATIC = resources.files("sheets_sync.demo.panel") / "static"
TYPES = {"panel.js": "text/javascript", "panel.css": "text/css"}
SHARED = adoption.STATIC / "base.css"
IMPATIENT = {"attempts": 2, "retry_timeout_seconds": 3}
"""So that whoever makes Google ill need not wait for minutes."""


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("sheets_sync.demo.panel")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


class Panel:
    """The demo in a browser, as a context: the world, and the pages that show it. `address` is for the browser."""

    def __init__(self, folder: Path, t: Language) -> None:
        self._folder, self._t = folder, t
        self._worker = ThreadPoolExecutor(1, "demo")
        self._running = ExitStack()
        self._own = OwnTable(folder, lambda: self.stage, self._in_world)
        self.pages = LocalPages([*self.routes, *self._own.routes])

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._page),
            Route("/act/{name}", self._do, methods=["POST"]),
            Route("/mail/{name}", self._mail),
            Route("/static/{name}", _static),
        ]

    @property
    def address(self) -> str:
        return self.pages.address

    def __enter__(self) -> Self:
        self._worker.submit(self._begin).result()
        self.pages.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pages.__exit__(kind, error, trace)
        self._worker.submit(self._running.close).result()
        self._worker.shutdown()

    def _begin(self) -> None:
        """A fresh world: people have typed, the program has synced once."""
        self._running.close()
        self._running = ExitStack()
        place, clock = prepare(self._folder), HandClock(NOW)
        place.configure("google.yaml", IMPATIENT)
        place.configure("office.yaml", {"language": self._t.code})
        here = self._running.enter_context(world(place, clock))
        people.type_everything(here.sheet)
        people.let_visitors_in(here.google, here.sheet)
        self.stage = Stage(here, clock, self._t)
        self.pages.gate.frames = (here.google.url,)
        self._own.pages = None
        self.stage.acts["sync"]()

    async def _in_world(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    async def _page(self, request: Request) -> Response:
        if request.query_params.get("lang") in LANGUAGES:
            self._t = self.stage.t = language(request.query_params["lang"])
        return HTMLResponse(await self._in_world(self._written))

    async def _do(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name == "restart":
            await self._in_world(self._begin)
            return JSONResponse({"restarted": True})
        if name not in self.stage.acts:
            return Response(status_code=404)
        await self._in_world(self.stage.acts[name])
        return JSONResponse(await self._in_world(self._news))

    async def _mail(self, request: Request) -> Response:
        return kept_file(self.stage.here.mailbox.kept, request.path_params["name"])

    def _written(self) -> str:
        here = self.stage.here
        stops = [
            {
                "title": self._t(stop.title),
                "text": self._t(stop.text),
                "tab": stop.tab,
                "cell": stop.cell,
                "press": stop.press,
            }
            for stop in TOUR
        ]
        template = _templates().get_template("panel.html.j2")
        tabs, first = self._tabs(), TOUR[0]
        facts = {"tabs": tabs, "stops": stops, "words": words(self._t)}
        at = f"#gid={tabs.get(first.tab, 0)}&range={first.cell}"
        book = here.google.page(here.sheet.id, people.SECRETARY, self._t.code) + at
        return template.render(book=book, facts=facts, language=self._t.code, others=_others(self._t), **self._shown())

    def _news(self) -> dict[str, Any]:
        parts: Any = _templates().get_template("parts.html.j2").module
        shown = self._shown()
        return {
            "story": str(parts.story(shown["chapters"], shown["words"])),
            "mails": str(parts.mails(shown["mails"], shown["words"])),
            "gist": "\n".join(gist(shown["chapters"][-1], self._t)),
            "count": len(shown["mails"]),
            "now": shown["now"],
            "sick": shown["sick"],
            "tabs": self._tabs(),
        }

    def _shown(self) -> dict[str, Any]:
        stage = self.stage
        now = self._t.date_time(stage.clock().astimezone(stage.here.office.zone))
        mails = list(arrived(stage.here.mailbox.kept))
        return {"chapters": stage.chapters, "mails": mails, "now": now, "sick": stage.sick, "words": words(self._t)}

    def _tabs(self) -> dict[str, int]:
        return {sheet.title: sheet.id for sheet in self.stage.here.sheet.worksheets()}


def parts_of(chapters: Sequence[Chapter], mails: Sequence[ArrivedMail], t: Language) -> str:
    """The story and the outbox as the panel has them."""
    parts: Any = _templates().get_template("parts.html.j2").module
    return f"{parts.story(chapters, words(t))}{parts.mails(mails, words(t))}"


def _others(t: Language) -> list[str]:
    return [code for code in LANGUAGES if code != t.code]


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name == SHARED.name:
        return Response(SHARED.read_bytes(), media_type="text/css")
    if name not in TYPES:
        return Response(status_code=404)
    return Response((STATIC / name).read_bytes(), media_type=TYPES[name])
