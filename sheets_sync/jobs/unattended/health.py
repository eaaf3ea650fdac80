"""How the service is: a file that is written anew at every beat, and on request an address on this machine.

Whoever watches many machines asks `/health` (200 well, 503 not) or lets Prometheus read `/metrics`.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sheets_sync import __version__
from sheets_sync.app import App
from sheets_sync.clock import Clock
from sheets_sync.config.private import private_file, private_folder
from sheets_sync.errors import SheetsSyncError, UsageError
from sheets_sync.jobs.mailing.situation import of_each
from sheets_sync.jobs.run import noted_as
from sheets_sync.jobs.unattended.agenda import upcoming
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by
from sheets_sync.notify.causes import Cause

log = logging.getLogger(__name__)
HEALTH_FILE = "health.json"  # in the folder of the store
ALIVE = timedelta(minutes=15)  # a beat takes a minute or two; one that takes longer is told
WRONG = 3  # the exit status of what is not as it should be


@dataclass(frozen=True, slots=True)
class Health:
    """How things stood at the end of a beat; figures are those that Prometheus gets."""

    beat_at: datetime
    wrong: tuple[tuple[str, str], ...] = ()  # key and title of each cause
    coming: tuple[tuple[str, datetime], ...] = ()
    figures: tuple[tuple[str, str, float], ...] = ()  # name, label, value

    def status(self, now: datetime) -> int:
        """0, or 3 where something is wrong or no beat has ended for long."""
        return WRONG if self.wrong or now - self.beat_at > ALIVE else 0

    def document(self, now: datetime) -> dict[str, Any]:
        """All of it as JSON."""
        return {
            "version": __version__,
            "pid": os.getpid(),
            "beat_at": self.beat_at.isoformat(),
            "status": self.status(now),
            "wrong": [{"key": key, "title": title} for key, title in self.wrong],
            "next": [{"name": name, "at": at.isoformat()} for name, at in self.coming],
        }


def health_of(app: App, causes: Sequence[Cause]) -> Health:
    """How things stand after a beat; where the store can't be asked, that alone."""
    t = app.language()
    health = Health(app.clock(), tuple((cause.key, t(cause.title)) for cause in causes if cause.pressing))
    try:
        coming = tuple((each.name, each.at) for each in upcoming(app))
        return Health(health.beat_at, health.wrong, coming, tuple(_figures(app)))
    except SheetsSyncError:
        return health


def _figures(app: App) -> Iterator[tuple[str, str, float]]:
    """Name, label ("" where it has none) and value of what is counted."""
    for job in ("sync", "report", "deliver", "backup"):
        names = noted_as(app, job)
        if (last := app.store.runs.last(*names)) is not None:
            yield "last_run_timestamp_seconds", job, last.started_at.timestamp()
            yield "last_run_status", job, -1.0 if last.status is None else float(last.status)
            if last.ended_at is not None:
                yield "last_run_seconds", job, (last.ended_at - last.started_at).total_seconds()
        if (good := app.store.runs.last_good(app.clock(), *names)) is not None:
            yield "last_good_run_timestamp_seconds", job, good.started_at.timestamp()
    yield from (("deliveries", state, float(count)) for state, count in app.store.deliveries.counts(app.codes).items())
    known = of_each(app, lambda office: app.store.workbooks(office.code))
    failing = Counter(record.problem is not None for _, records in known for record in records.values())
    yield from (("workbooks", "failing", float(failing[True])), ("workbooks", "well", float(failing[False])))


def write_health(app: App, health: Health) -> None:
    """Writes the file in one go: who reads it meets the old or the new one, never half of it."""
    target = app.settings.data / HEALTH_FILE
    fresh = private_folder(app.settings.data) / f"{HEALTH_FILE}.new"
    try:
        private_file(fresh).write_text(json.dumps(health.document(app.clock()), ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(target)
    except OSError as error:
        problem = said_by(error)
        log.warning("%s", app.language()(msg("{path} can't be used: {problem}.", path=target, problem=problem)))


@dataclass(slots=True)
class HealthBoard:
    """Where the newest health hangs for whoever asks."""

    clock: Clock
    health: Health | None = field(default=None)

    def page(self, path: str) -> tuple[HTTPStatus, str, bytes]:
        """Status, media type and content of what is asked for."""
        health, now = self.health, self.clock()
        if path == "/metrics":
            return HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", _metrics(health, now)
        if path != "/health":
            return HTTPStatus.NOT_FOUND, "text/plain", b"/health or /metrics\n"
        well = health is not None and health.status(now) == 0
        document = health.document(now) if health else {"status": WRONG, "wrong": [], "next": []}
        content = json.dumps(document, ensure_ascii=False).encode()
        return HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE, "application/json", content


def _metrics(health: Health | None, now: datetime) -> bytes:
    """Everything that is counted, as Prometheus reads it."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 - an extra

    registry = CollectorRegistry()
    up = Gauge("sheets_sync_well", "1: nothing is wrong", registry=registry)
    up.set(float(health is not None and health.status(now) == 0))
    if health is None:
        return generate_latest(registry)
    Gauge("sheets_sync_beat_timestamp_seconds", "When the last beat ended", registry=registry).set(
        health.beat_at.timestamp()
    )
    wrong = Gauge("sheets_sync_wrong", "Causes that are wrong now", ["cause"], registry=registry)
    for key, _ in health.wrong:
        wrong.labels(key).set(1)
    gauges: dict[str, Gauge] = {}
    for name, label, value in health.figures:
        if name not in gauges:
            gauges[name] = Gauge(f"sheets_sync_{name}", name.replace("_", " "), ["of"], registry=registry)
        gauges[name].labels(label).set(value)
    return generate_latest(registry)


@contextmanager
def health_address(board: HealthBoard, port: int) -> Iterator[int]:
    """Answers on this machine alone while it is entered; gives the port (0 asks for any free one).

    Raises:
        UsageError: the port is taken, or prometheus-client is not installed.
    """
    _need_prometheus()
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _handler(board))
    except OSError as error:
        raise UsageError(
            msg("`health_port` {port} in service.yaml can't be used: {problem}.", port=port, problem=said_by(error))
        ) from error
    with server:
        threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def _need_prometheus() -> None:
    try:
        import prometheus_client  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            msg("For `health_port` install prometheus-client: pip install 'sheets-sync[metrics]'.")
        ) from error


def _handler(board: HealthBoard) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, content = board.page(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Who asks is no news."""

    return Handler
