"""What the shared options say, and how a command prints."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.terminal import for_terminal, log_to_terminal, tell, tell_document
from sheets_sync.clock import Clock, clock_from, system_clock
from sheets_sync.errors import SheetsSyncError, UsageError
from sheets_sync.i18n import Language, language
from sheets_sync.model import msg

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.config.homes import OfficeTrouble
    from sheets_sync.jobs.progress import Progress
    from sheets_sync.settings import Settings


@dataclass
class Session:
    """One invocation."""

    config: str | None = None
    office: str | None = None
    lang: str | None = None
    as_json: bool = False
    now: str | None = None
    verbose: int = 0
    scheduler: str | None = None  # in place of the one in service.yaml
    guess: str = "id"  # the language until the configuration is read, and of what is wrong with it
    tells_left_out: bool = False  # the command says itself who was left out, or is not about all offices
    _settings: Settings | None = None

    @property
    def t(self) -> Language:
        """The language of what is printed: asked for, else the office's, else what it seems to be."""
        if self.lang is None and self._settings is not None:
            return for_terminal(language(self._settings.offices[0].language))
        return for_terminal(language(self.lang or self.guess))

    def settings(self) -> Settings:
        """The configuration.

        Raises:
            ConfigError: it can't be used.
        """
        from sheets_sync.settings import Environment, load_settings  # noqa: PLC0415 - pandas comes with it

        if self._settings is None:
            environment = Environment()
            folder = Path(self.config) if self.config else environment.config
            everybody = load_settings(folder, environment)
            wanted = everybody if self.office is None else _only(everybody, self.office)
            self._settings = _by_scheduler(wanted, self.scheduler) if self.scheduler else wanted
        return self._settings

    @property
    def left_out(self) -> Sequence[OfficeTrouble]:
        """Who was left out of what was done for all, if nobody has said so yet."""
        return () if self.tells_left_out or self._settings is None else self._settings.left_out

    def settings_anew(self) -> Settings:
        """The configuration as the files say it now; one that can't be used leaves the present one.

        Raises:
            ConfigError: it can't be used.
        """
        before, self._settings = self._settings, None
        try:
            return self.settings()
        except SheetsSyncError:
            self._settings = before
            raise

    @contextmanager
    def app(self) -> Iterator[App]:
        """The parts a job works with."""
        from sheets_sync.app import open_app  # noqa: PLC0415 - pandas comes with it

        self.log()
        settings = self.settings()
        with open_app(settings, self.clock()) as app:
            yield app

    def clock(self, zone: tzinfo | None = None) -> Clock:
        """The clock, or the one that `--now` sets; a time without a zone is the office's."""
        if self.now is None:
            return system_clock
        try:
            start = datetime.fromisoformat(self.now)
        except ValueError as error:
            raise UsageError(msg("--now {value} is not a time like 2024-11-05T08:00.", value=self.now)) from error
        return clock_from(start if start.tzinfo else start.replace(tzinfo=zone or self.settings().offices[0].zone))

    def not_of_office(self, place: str | None) -> None:
        """Refuses `--office` beside `--place`: a place is that of all its offices.

        Raises:
            UsageError: both were named.
        """
        if place is not None and self.office is not None:
            raise UsageError(msg("--place {place} is about all its offices; leave --office out.", place=place))

    def of_all(self) -> None:
        """Refuses `--office` where a command is about the store as a whole.

        Raises:
            UsageError: an office was named.
        """
        if self.office is not None:
            raise UsageError(msg("This is about the store of all offices; leave --office out."))
        self.tells_left_out = True  # what the store holds of them is not

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Tells how long a run will take and how far it is: a bar on a terminal, else a line at the beginning if asked for."""
        from sheets_sync.cli.progress import ForecastLine, ProgressBar  # noqa: PLC0415 - pandas comes with it

        with ExitStack() as shown:
            yield (
                shown.enter_context(ProgressBar(self.t))
                if sys.stderr.isatty()
                else ForecastLine(self.t, bool(self.verbose))
            )

    def log(self) -> None:
        """Logs go to standard error: warnings, with -v what is done, with -vv everything; with --json as JSON."""
        level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(self.verbose, 2)]
        log_to_terminal(level, as_json=self.as_json)
        # google-auth asks a host of Google's in the background which regions there are; without an answer all is well.
        logging.getLogger("urllib3").setLevel(logging.ERROR)

    def show(self, text: str, document: Any) -> None:
        """Prints the text, or with --json the document."""
        if self.as_json:
            tell_document(document)
        else:
            tell(text)

    def note(self, text: str) -> None:
        """A line for whoever watches; on standard error with --json."""
        tell(text, err=self.as_json)


def _only(everybody: Settings, code: str) -> Settings:
    """The settings of one office, as if there were no other.

    Raises:
        ConfigError: there is none of that code.
        UsageError: it is that of a place above offices.
    """
    if any(region.code == code for region in everybody.regions):
        known = [office.code for office in everybody.offices]
        raise UsageError(
            msg(
                "{code} is a place above offices, and --office takes an office ({known}). `report`, `take-over` and "
                "`export --what region` are told of a place by --place {code}.",
                code=code,
                known=known,
            )
        )
    return everybody.only(code)


def _by_scheduler(settings: Settings, address: str) -> Settings:
    """The same with a scheduler's workers at the service's syncs, whatever service.yaml names."""
    return replace(settings, service=settings.service.model_copy(update={"scheduler": address}))


pass_session = click.make_pass_decorator(Session, ensure=True)
