"""The group of commands, the options they share, and how a failure is told."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from sheets_sync import __version__
from sheets_sync.cli.offices import tell_left_out
from sheets_sync.cli.session import Session
from sheets_sync.cli.speech import language_of, speak, spoken
from sheets_sync.cli.terminal import tell, tell_traceback, tell_usage
from sheets_sync.errors import SheetsSyncError, UsageError, WorkbookError, passes, unexpected
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by

# Command → the module of this package that holds it.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "demo",
        "init": "init",
        "login": "login",
        "doctor": "doctor",
        "mail-test": "mail_test",
        "setup": "workbooks",
        "adopt": "workbooks",
        "new-year": "workbooks",
        "sync": "jobs",
        "report": "jobs",
        "take-over": "jobs",
        "deliveries": "deliveries",
        "approve": "approve",
        "decide": "decide",
        "explain": "scores",
        "scheme": "scores",
        "export": "data",
        "import-region": "places",
        "backup": "data",
        "restore": "data",
        "move-store": "data",
        "forget": "people",
        "status": "status",
        "run": "jobs",
        "local-google": "local_google",
    }
)


INTERRUPTED = 130  # as a shell says of a command ended by Ctrl+C


class LazyGroup(click.Group):
    """Imports a command's module when the command is used; the shared options may stand before or after its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sheets_sync.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        _share_options(command)
        return spoken(command, ctx.ensure_object(Session).t)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keeps an option's value on the session, wherever on the command line it stood."""
    session = ctx.ensure_object(Session)
    if param.name and ctx.get_parameter_source(param.name) != click.core.ParameterSource.DEFAULT:
        setattr(session, param.name, value)


def _remember_office(ctx: click.Context, _: click.Parameter, value: Sequence[str]) -> None:
    """Keeps the one office that is named; of two, one would be left out without a word.

    Raises:
        UsageError: there are two.
    """
    session = ctx.ensure_object(Session)
    named = list(dict.fromkeys([*value, *([] if session.office is None else [session.office])]))
    if len(named) > 1:
        raise UsageError(msg("--office takes one office, not {codes}; left out it is all of them.", codes=named))
    session.office = next(iter(named), None)


def _options() -> list[click.Option]:
    kept: dict[str, Any] = {"expose_value": False, "callback": _remember}
    one: dict[str, Any] = {"expose_value": False, "callback": _remember_office, "multiple": True}
    return [
        click.Option(["--config"], type=click.Path(), metavar="DIR", help="Configuration folder (./config).", **kept),
        click.Option(["--office"], metavar="CODE", help="Only this office (all).", **one),
        click.Option(["--lang"], type=click.Choice(["id", "en"]), help="Language of what is printed.", **kept),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON document on standard output.", **kept),
        click.Option(["--now"], metavar="TIME", help="The clock, like 2024-11-05T08:00.", **kept),
        click.Option(["-v", "--verbose"], count=True, help="Say more on standard error.", **kept),
    ]


def _share_options(command: click.Command) -> None:
    """Adds the shared options to a command and, for a group, to its own commands."""
    known = {param.name for param in command.params}
    command.params.extend(option for option in _options() if option.name not in known)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _share_options(inner)


@click.group(cls=LazyGroup, params=_options(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sheets-sync")
def cli() -> None:
    """Reads the Google Sheets librarians keep, checks and scores them, fills in Rekap and mails the monthly reports."""


def main() -> None:
    """Runs the command of the command line and ends with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may be set to something else
    sys.exit(run_cli(sys.argv[1:]))


def run_cli(words: Sequence[str]) -> int:
    """Runs a command; its exit status. A failure is told on standard error, in the reader's language.

    Who was left out of what was done for all is told there, too: then not all was done.
    """
    session = Session(guess=language_of(words))
    speak(session.t)
    status, left = _status_of(session, words), session.left_out
    tell_left_out(left, session.t)
    return WorkbookError.exit_code if left and status == 0 else status


def _status_of(session: Session, words: Sequence[str]) -> int:
    try:
        status = spoken(cli, session.t).main(list(words), prog_name="sheets-sync", standalone_mode=False, obj=session)
    except SheetsSyncError as error:
        tell(session.t(error.message), err=True)
        return error.exit_code
    except click.ClickException as error:
        tell_usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        if error.filename is None and not passes(error):
            _tell_unexpected(session, error)
            return 1
        if error.filename is None:  # a full disk behind `>`
            tell(session.t("The output could not be written: {problem}.", problem=said_by(error)), err=True)
            return 1
        tell(session.t("{path} can't be used: {problem}.", path=error.filename, problem=said_by(error)), err=True)
        return 1 if passes(error) else UsageError.exit_code
    except Exception as error:  # noqa: BLE001 - the last place where it can be told in a sentence
        _tell_unexpected(session, error)
        return 1
    return status if isinstance(status, int) else 0


def _tell_unexpected(session: Session, error: Exception) -> None:
    hint = "" if session.verbose else session.t(" Run it again with -v for the details.")
    tell(session.t(unexpected(error)) + hint, err=True)
    if session.verbose:
        tell_traceback(error)
