"""One's own table in the demo: it becomes a workbook of the local Google, is adopted, synced, and looked at."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sheets_sync.app import App, open_app
from sheets_sync.config.private import private_file
from sheets_sync.demo import people
from sheets_sync.demo.panel.acts import Stage
from sheets_sync.demo.place import Place, prepare
from sheets_sync.errors import SheetsSyncError
from sheets_sync.i18n import Language
from sheets_sync.jobs.adopt import adopt
from sheets_sync.jobs.run import sync_job
from sheets_sync.local_google import ApiError
from sheets_sync.model import Period, msg
from sheets_sync.settings import Environment, load_settings
from sheets_sync.web.adoption import AdoptPages, Desk, static, templates
from sheets_sync.web.words import ADOPT_WORDS

MAX_BYTES = 32 * 2**20
NOTHING = {"notice": None, "notice_detail": None}
"""These figures are nobody's example."""
InWorld = Callable[[Callable[[], Any]], Awaitable[Any]]


@dataclass
class OwnTable:
    """The pages for one's own table. `stage` gives the world; `in_world` runs something in its thread."""

    folder: Path
    stage: Callable[[], Stage]
    in_world: InWorld
    pages: AdoptPages | None = None
    _place: Place | None = field(default=None)

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route("/own", self._begin),
            Route("/own/take", self._take, methods=["POST"]),
            Route("/own/sync", self._sync, methods=["POST"]),
            Mount("/own", routes=[Route("/", self._desk), Route("/{rest:path}", self._desk, methods=["GET", "POST"])]),
            Route("/adopt/{name}", static),
        ]

    def _t(self) -> Language:
        return self.stage().t

    async def _begin(self, _request: Request) -> Response:
        t = self._t()
        words = {name: t(message) for name, message in ADOPT_WORDS.items()}
        return HTMLResponse(templates().get_template("own.html.j2").render(words=words, language=t.code))

    async def _take(self, request: Request) -> Response:
        content, kind = await request.body(), request.headers.get("content-type", "")
        if not content.strip() or len(content) > MAX_BYTES:
            return self._problem(self._t()(msg("There is nothing in it, or more than 32 MB.")))
        return await self._answered(lambda: self._adopted(content, kind))

    async def _sync(self, _request: Request) -> Response:
        return await self._answered(self._synced)

    async def _desk(self, request: Request) -> Response:
        """The desk's own pages, once there is a table on it."""
        if self.pages is None:
            return RedirectResponse("/own", 303)
        rest = request.path_params.get("rest", "")
        known = {"": self.pages.page, "correct": self.pages.correct, "configuration.zip": self.pages.download}
        return await known[rest](request) if rest in known else Response(status_code=404)

    async def _answered(self, work: Callable[[], dict[str, str]]) -> Response:
        try:
            return JSONResponse(await self.in_world(work))
        except SheetsSyncError as error:
            return self._problem(self._t()(error.message))
        except ApiError:
            return self._problem(self._t()(msg("This is not an .xlsx file that can be read.")))

    @staticmethod
    def _problem(text: str) -> Response:
        return JSONResponse({"problem": text}, 422)

    def _adopted(self, content: bytes, kind: str) -> dict[str, str]:
        """A workbook of the secretary's with the table in it, and the proposal for it."""
        google, office, t = self.stage().here.google, self.stage().here.office, self._t()
        workbook = google.import_file(
            content,
            kind,
            t(msg("Your table")),
            owner=people.SECRETARY,
            locale=office.locale,
            time_zone=office.time_zone,
            writers=["sheets-sync"],
        )
        self._place = prepare(self.folder / "own")
        google.write_key(self._place.key_file)
        self._place.configure("office.yaml", {"workbook": workbook, **NOTHING})
        with self._app() as app:
            desk = Desk(app, adopt(app, workbook), t)
        self.pages = AdoptPages(desk, base="/own/", can_sync=True)
        return {"next": "/own/"}

    @contextmanager
    def _app(self) -> Iterator[App]:
        assert self._place is not None
        google, config = self.stage().here.google, self._place.config
        environment = Environment(config=config, google_endpoint=google.url, key_file=None, store_url=None)
        with open_app(load_settings(config, environment), self.stage().clock) as app:
            yield app

    def _synced(self) -> dict[str, str]:
        """The configuration is saved, the register typed where there is none, and the program does its main job."""
        assert self.pages is not None
        assert self._place is not None
        desk, stage = self.pages.desk, self.stage()
        for name in ("inputs.yaml", "elements.yaml"):
            private_file(self._place.config / name).write_text(desk.adoption.files[name], encoding="utf-8")
        months = sorted({seen.period for seen in desk.adoption.proposal.read.observations})
        if months:
            self._place.configure("office.yaml", {"start": str(months[0])})
            self._not_before(months[-1])
        workbook = desk.adoption.proposal.workbook.id
        with ExitStack() as opened:
            sheet = opened.enter_context(people.opened_by(stage.here.google, people.SECRETARY, workbook))
            if "register.csv" in desk.adoption.files:
                _type_register(sheet, stage.here.office.tabs.libraries, desk.adoption.files["register.csv"])
            app = opened.enter_context(self._app())
            told = sync_job(app).text(desk.t).replace(workbook, f"“{sheet.title}”").splitlines()
            rekap = stage.here.office.tabs.rekap
            at = next((f"#gid={tab.id}&range=A1" for tab in sheet.worksheets() if tab.title == rekap), "")
        return {"result": self._result(told, workbook, at)}

    def _not_before(self, last: Period) -> None:
        """Figures of months to come would be asked about: the clock goes on to after the last one."""
        stage = self.stage()
        after = datetime.combine((last + 1).first_day, time(9), stage.here.office.zone)
        if stage.clock() < after:
            stage.clock.set(after)

    def _result(self, told: list[str], workbook: str, at: str) -> str:
        t = self._t()
        book = self.stage().here.google.page(workbook, people.SECRETARY, t.code) + at
        words = {name: t(message) for name, message in ADOPT_WORDS.items()}
        return templates().get_template("result.html.j2").render(told=told, book=book, words=words)


def _type_register(sheet: Any, title: str, text: str) -> None:
    """The libraries in a tab of their own, as the page proposes them; one that is there is typed over."""
    rows = list(csv.reader(io.StringIO(text)))
    there = next((tab for tab in sheet.worksheets() if tab.title == title), None)
    tab = there or sheet.add_worksheet(title, len(rows) + 20, 12)
    tab.clear()
    tab.update(rows, "A1", value_input_option="RAW")
