"""This computer: who may open the files, where they are, room on the disk, the clock, and what has been going wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sheets_sync.app import App
from sheets_sync.config.private import readable_by_others, writable_by_others
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.jobs.mailing.gate import clock_believed
from sheets_sync.jobs.mailing.situation import clock_told
from sheets_sync.jobs.unattended.watch import wrong_now
from sheets_sync.model import Message, msg
from sheets_sync.store.url import parse_url, sqlite_file

CLOCK_MARGIN = timedelta(minutes=5)  # Google refuses tokens of a clock that is further off
_ELSEWHERE = frozenset(
    {"clock", "mail", "sync", "year", "way"}
)  # looked at anew by the other checks, or nothing wrong yet


def store(app: App) -> Check:
    """Whether the store is whole."""
    damaged = app.store.damage()
    return Check("store", damaged is None, damaged or msg("The store can be opened."))


def modes(app: App) -> Iterator[Check]:
    """Whether other users of this computer could read what is secret or about people, or change the configuration."""
    config = (app.settings.folder, *sorted(app.settings.folder.rglob("*.yaml")))
    open_files = [path for path in (*_secrets(app), *_store_files(app)) if readable_by_others(path)]
    changeable = [path for path in config if writable_by_others(path)]
    for path in open_files:
        mode = "700" if path.is_dir() else "600"
        yield Check(
            "modes",
            False,
            msg("Other users of this computer can open {path}. Run: chmod {mode} {path}", path=path, mode=mode),
        )
    for path in changeable:
        yield Check(
            "modes",
            False,
            msg("Other users of this computer can change {path}. Run: chmod go-w {path}", path=path),
        )
    if not open_files and not changeable:
        yield Check("modes", True, msg("Keys, store and configuration are closed to this computer's other users."))


def _secrets(app: App) -> list[Path]:
    """The files that hold a key or a password."""
    return [*app.offices_by_key(), *filter(None, [app.mail_login.password_file]), *app.ways_files()]


def _store_files(app: App) -> list[Path]:
    """The folder of data, and the database where it is a file, with what SQLite keeps beside it."""
    store = sqlite_file(parse_url(app.settings.store_url))
    files = [store.with_name(f"{store.name}{end}") for end in ("", "-wal", "-shm")] if store else []
    return [app.settings.data, *files]


def folders(app: App) -> Iterator[Check]:
    """Files and folders that the configuration names, and the one that the data go to."""
    for setting, path, is_there in _named(app):
        if not is_there:
            yield Check(
                "folder",
                False,
                msg("{setting}: there is no {path}. Correct the setting, or put it there.", setting=setting, path=path),
            )
    data = app.settings.data
    there = next(each for each in (data, *data.resolve().parents) if each.exists())
    if not os.access(there, os.W_OK):
        yield Check(
            "folder",
            False,
            msg(
                "Nothing can be written in {path}, where the data go. Change its owner, or `folder` in store.yaml.",
                path=there,
            ),
        )
    else:
        yield Check("folder", True, msg("The data are in {path}.", path=data.resolve()))


def _named(app: App) -> Iterator[tuple[str, Path, bool]]:
    """Setting, path, and whether it is there."""
    settings = app.settings
    for own in map(settings.of, settings.reporting):
        if own.reports.templates is not None:
            yield "reports.yaml: templates", own.reports.templates, own.reports.templates.is_dir()
    if settings.mail.ca_file is not None:
        yield "mail.yaml: ca_file", settings.mail.ca_file, settings.mail.ca_file.is_file()
    password = app.mail_login.password_file
    if password is not None:
        yield "mail.yaml: password_file", password, password.is_file()
    yield from (("service.yaml: ways_file", path, path.is_file()) for path in app.ways_files())


def going_wrong(app: App) -> Iterator[Check]:
    """What `status` and the messages to people tell, as far as no other check looks at it: disk, backup, deliveries."""
    for cause in wrong_now(app):
        if cause.key.partition(" ")[0] not in _ELSEWHERE:
            texts = {f"line{n}": text for n, text in enumerate((cause.title, *cause.said))}
            said = Message(". ".join(f"{{{name}}}" for name in texts), texts)
            yield Check(cause.key.partition(" ")[0], False, said)


def clock(app: App) -> Iterator[Check]:
    """What Google's answers said of this computer's clock."""
    yield _clock(app)


def _clock(app: App) -> Check:
    known = [off for key_file in app.offices_by_key() if (off := app.clock_off(key_file)) is not None]
    if not known:
        return Check("clock", False, msg("Google could not be asked for the time. Check the connection."))
    off = max(known, key=abs)
    app.store.note_clock(off)
    if not clock_believed(off):
        return Check("clock", False, clock_told(off))
    if abs(off) > CLOCK_MARGIN:
        minutes = round(abs(off).total_seconds() / 60)
        return Check(
            "clock", False, msg("This computer's clock is {minutes} minutes off; set it right.", minutes=minutes)
        )
    return Check("clock", True, msg("This computer's clock is right."))
