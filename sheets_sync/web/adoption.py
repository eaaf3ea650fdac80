"""Adopt's proposal as a page: each heading with what it is taken for, accepted or corrected with the mouse."""

from __future__ import annotations

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sheets_sync.app import App
from sheets_sync.errors import SheetsSyncError
from sheets_sync.i18n import Language
from sheets_sync.intake.adopt.asked import ROWS, YEAR
from sheets_sync.intake.adopt.correct import IGNORED, KEYS, NEW
from sheets_sync.intake.adopt.match import OWN_LABEL, Match
from sheets_sync.intake.adopt.render import LAYOUTS
from sheets_sync.jobs.adopt import Adoption, again, office_of
from sheets_sync.model import Message, msg
from sheets_sync.model.account import tab_words
from sheets_sync.web.words import ADOPT_WORDS, MEANINGS

STATIC = resources.files("sheets_sync.web") / "static"
TYPES = {"adopt.js": "text/javascript", "adopt.css": "text/css", "base.css": "text/css"}


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading on the page. `choice` is what it is taken for; `fixed`: an element's own label, nothing to choose."""

    text: str
    places: str
    choice: str
    reason: str
    sure: str
    asked: bool
    fixed: bool


@dataclass(slots=True)
class Desk:
    """A proposal on a person's desk, with what the person has said so far."""

    app: App
    adoption: Adoption
    t: Language
    said: dict[str, str] = field(default_factory=dict)
    year: int | None = None

    def say(self, said: Mapping[str, str], year: int | None) -> None:
        """The proposal anew, with a person's word.

        Raises:
            ConfigError: two headings can't both be that.
        """
        made = again(self.app, self.adoption.proposal.workbook, said, year)
        self.adoption, self.said, self.year = made, dict(said), year

    def lines(self) -> list[HeadingLine]:
        """Every heading once, questions first."""
        by_text: dict[str, list[Match]] = defaultdict(list)
        for match in self.adoption.proposal.matches:
            if match.meaning not in LAYOUTS and match.meaning not in (YEAR, ROWS):
                by_text[match.typed].append(match)
        found = [self._line(text, matches) for text, matches in by_text.items()]
        places: dict[str, list[str]] = defaultdict(list)
        for cell, text in self.adoption.proposal.unplaced:
            places[text].append(str(cell))
        for text, where in places.items():
            if text and text not in by_text:
                reason = self.t(msg("no place was found for it"))
                found.append(HeadingLine(text, _first(where), self.said.get(text, ""), reason, "", False, False))
        ignored = [text for text, meaning in self.said.items() if meaning == IGNORED and text not in by_text]
        reason = self.t(msg("left out, as you said"))
        found += [HeadingLine(text, "", IGNORED, reason, "", asked=False, fixed=False) for text in ignored]
        unique = {line.text: line for line in reversed(found)}
        return sorted(unique.values(), key=lambda line: (not line.asked, line.fixed))

    def _line(self, text: str, matches: list[Match]) -> HeadingLine:
        first = matches[0]
        choice = self.said.get(text, "" if first.asked else first.meaning)
        choice = NEW if choice in self.adoption.proposal.new else choice
        said = text in self.said
        reason = self.t(msg("as you said")) if said else self.t(first.reason)
        sure = "" if first.asked or said else self.t.percent(first.confidence)
        fixed = not said and first.confidence == OWN_LABEL
        return HeadingLine(
            text, _first([str(match.cell) for match in matches]), choice, reason, sure, first.asked, fixed
        )

    def questions(self) -> Iterator[str]:
        """What has to be answered in the sheet, or by the year below."""
        for match in self.adoption.proposal.matches:
            if match.asked and match.meaning in (YEAR, ROWS):
                yield f"{match.cell}: {match.typed} – {self.t(match.reason)}"

    @property
    def asks_year(self) -> bool:
        return self.year is not None or any(match.meaning == YEAR for match in self.adoption.proposal.matches)

    def choices(self) -> list[tuple[str, str]]:
        """What a heading can be: value and label."""
        new = self.adoption.proposal.new
        elements = [e for e in self.adoption.proposal.elements.elements if e.id not in new and e.id not in self._made()]
        return [
            ("", self.t(msg("please choose"))),
            *((key, self.t(MEANINGS[key])) for key in (NEW, *KEYS)),
            *((element.id, element.label.in_(self.t.code)) for element in elements),
        ]

    def _made(self) -> set[str]:
        """The ids of elements that the person's word made."""
        office = office_of(self.app, self.adoption.proposal.workbook.id)
        known = self.app.settings.of(office).elements.by_id
        return {element.id for element in self.adoption.proposal.elements.elements if element.id not in known}

    def read(self) -> list[tuple[str, int, str]]:
        """What reading with the proposal gives: library, figures, months."""
        names = {library.code: library.name for library in self.adoption.proposal.libraries}
        counted: Counter[str] = Counter()
        months = defaultdict(set)
        for seen in self.adoption.proposal.read.observations:
            if seen.value is not None:
                counted[seen.library] += 1
                months[seen.library].add(seen.period)
        return [(name, counted[code], _span(months[code], self.t)) for code, name in names.items()]

    def shown(self) -> dict[str, Any]:
        """What the template writes."""
        accounts = (tab.account for tab in self.adoption.proposal.read.tabs)
        return {
            "lines": self.lines(),
            "questions": list(self.questions()),
            "choices": self.choices(),
            "asks_year": self.asks_year,
            "year": self.year or "",
            "read": self.read(),
            "tabs": [self.t(tab_words(account)) for account in accounts if account is not None],
            "title": self.adoption.proposal.workbook.title,
            "words": {name: self.t(message) for name, message in ADOPT_WORDS.items()},
        }


def _first(places: list[str]) -> str:
    return f"{places[0]} +{len(places) - 1}" if len(places) > 1 else places[0]


def _span(months: Any, t: Language) -> str:
    if not months:
        return ""
    first, last = min(months), max(months)
    return (
        t.month(first, short=True) if first == last else f"{t.month(first, short=True)} – {t.month(last, short=True)}"
    )


@cache
def templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("sheets_sync.web")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@dataclass(slots=True)
class AdoptPages:
    """The addresses of a desk: the page, its corrections, its download.

    `then` is what to do next, a line each; `base` is the path that the page's own addresses begin with; `can_sync`: the
    page may offer to sync with the proposal, as the demo does.
    """

    desk: Desk
    then: tuple[Message, ...] = ()
    base: str = "/"
    can_sync: bool = False

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.page),
            Route("/correct", self.correct, methods=["POST"]),
            Route("/configuration.zip", self.download),
            Route("/adopt/{name}", static),
        ]

    async def page(self, _request: Request) -> Response:
        then = [self.desk.t(line) for line in self.then]
        page = templates().get_template("adopt.html.j2")
        shown = self.desk.shown()
        return HTMLResponse(
            page.render(then=then, base=self.base, can_sync=self.can_sync, language=self.desk.t.code, **shown)
        )

    async def correct(self, request: Request) -> Response:
        """What a person said: `{said: {heading: meaning}, year}`; answers the proposal's part of the page."""
        body = await request.json()
        said = {str(text): str(meaning) for text, meaning in dict(body.get("said", {})).items() if meaning}
        year = str(body.get("year") or "")
        try:
            self.desk.say(said, int(year) if year.isdecimal() and len(year) == 4 else None)
        except SheetsSyncError as error:
            return JSONResponse({"problem": self.desk.t(error.message)}, 422)
        return JSONResponse({"proposal": self.proposal()})

    def proposal(self) -> str:
        return templates().get_template("proposal.html.j2").render(**self.desk.shown())

    async def download(self, _request: Request) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="configuration.zip"'}
        return Response(zipped(self.desk.adoption.files), media_type="application/zip", headers=headers)


def zipped(files: Mapping[str, str]) -> bytes:
    """Files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


async def static(request: Request) -> Response:
    """The page's script and style."""
    name = request.path_params["name"]
    if name not in TYPES:
        return Response(status_code=404)
    return Response((STATIC / name).read_bytes(), media_type=TYPES[name])
