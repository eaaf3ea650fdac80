"""`init`: the configuration of an office that begins, by questions or options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.terminal import for_terminal, tell
from sheets_sync.config import new_office
from sheets_sync.config.workbook_id import workbook_id
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language, language
from sheets_sync.model import Message, msg
from sheets_sync.model.address import Recipient, recipient

if TYPE_CHECKING:
    from sheets_sync.jobs.init import Secrets

_SHORTEST_ID = 20  # characters; Google's have 44 today, older ones fewer
_OWN = "default"  # typed for a file of Google's: this computer's own login
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--name", metavar="NAME", help="The office's name.")
@click.option("--code", metavar="CODE", help="A short name of letters and digits (made of the office's name).")
@click.option("--language", "office_language", type=click.Choice(["id", "en"]), help="What pages and mails are in.")
@click.option("--time-zone", metavar="ZONE", help="Like Asia/Pontianak; WIB, WITA or WIT will do.")
@click.option("--workbook", metavar="WORKBOOK", help="The shared workbook's address or id.")
@click.option("--start", metavar="MONTH", help="The first month that is expected (January of this year).")
@click.option("--google-file", metavar="FILE", help="The JSON file from Google; `default`: this computer's own login.")
@click.option("--impersonate", default="", metavar="ACCOUNT", help="A service account to act as with that login.")
@click.option("--mail-server", metavar="HOST[:PORT]", help="Like smtp.gmail.com.")
@click.option("--mail-user", metavar="NAME", help="The login at the mail server; empty for none.")
@click.option("--mail-password-file", type=click.Path(path_type=Path), metavar="FILE", help="A file that holds it.")
@click.option("--sender", metavar="ADDRESS", help="Who mails come from (the login, if it is an address).")
@click.option("--recipient", "recipients", multiple=True, metavar="ADDRESS", help="Of the office's report; repeatable.")
@click.option("--notify", multiple=True, metavar="ADDRESS", help="Who is told when something goes wrong (the sender).")
@click.option("--country-code", default="62", show_default=True, help="Of phone numbers without one.")
@click.option("--locale", metavar="LOCALE", help="The workbook's, like in_ID (made of language and zone).")
@pass_session
def init(session: Session, /, folder: Path, **said: Any) -> None:
    """Write the configuration of a new office.

    Asks what no option says; with --json or without a terminal's answers every option is needed. Overwrites nothing.
    """
    from sheets_sync.jobs import init as beginning  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.settings import Environment  # noqa: PLC0415 - as above

    lists = {"recipient": ", ".join(said["recipients"]) or None, "notify": ", ".join(said["notify"]) or None}
    asked = Questions(session, {**said, **lists})
    new, secrets = _answers(asked)
    begun = beginning.init(folder, new, secrets, Environment())
    session.show(begun.text(asked.t), begun.document(asked.t))


@dataclass
class Questions:
    """Takes each answer from the options, else asks for it until it can be used."""

    session: Session
    said: Mapping[str, Any]
    code: str = ""  # of the language that was chosen

    @property
    def t(self) -> Language:
        return for_terminal(language(self.session.lang or self.code or "id"))

    def ask(self, option: str, question: Message, understand: Callable[[str], Any], default: str | None = None) -> Any:
        """What an option says, or the answer to a question; `understand` raises ValueError for one that won't do."""
        if self.said.get(option) is not None:
            try:
                return understand(str(self.said[option]))
            except ValueError as error:
                said = f"--{option.replace('_', '-')} {self.said[option]}"
                raise UsageError(msg("{said}: expected: {expected}", said=said, expected=error.args[0])) from error
        while True:
            text = self._answer(option, question, default)
            try:
                return understand(str(text).strip())
            except ValueError as error:
                tell(self.t(msg("That is not {expected}.", expected=error.args[0])), err=True)

    def _answer(self, option: str, question: Message, default: str | None) -> str:
        try:
            return click.prompt(self.t(question), default=default, show_default=bool(default), err=self.session.as_json)
        except click.Abort:
            if sys.stdin.isatty():
                raise  # Ctrl+C
            name = f"--{option.replace('_', '-')}"
            raise UsageError(
                msg("Nobody answers “{question}”. Say it with {option}.", question=question, option=name)
            ) from None

    def password(self) -> str | None:
        """The mail password: of a file, typed unseen, or none yet."""
        kept = self.said["mail_password_file"]
        if kept is not None:
            return cast("str", kept.read_text(encoding="utf-8").strip())
        if self.said["mail_user"] is not None:
            return None  # a script says what it has
        question = self.t(msg("Its password (not shown; empty: later)"))
        hidden = sys.stdin.isatty()
        typed = click.prompt(question, default="", hide_input=hidden, show_default=False, err=self.session.as_json)
        return typed or None


def _answers(asked: Questions) -> tuple[new_office.NewOffice, Secrets]:
    """The questions, in order: ten at most."""
    from sheets_sync.jobs.init import Secrets, login_with  # noqa: PLC0415 - pandas comes with it

    said = asked.said
    asked.code = asked.ask("office_language", msg("Language of the office (id, en)"), _language, "id")
    name = asked.ask("name", msg("Name of the office"), _some)
    zone = asked.ask("time_zone", msg("Time zone (WIB, WITA, WIT, or like Asia/Pontianak)"), _zone, "WIB")
    today = asked.session.clock(ZoneInfo(zone))().astimezone(ZoneInfo(zone)).date()
    workbook = asked.ask("workbook", msg("Address of the shared workbook (from the address bar)"), _workbook)
    google = asked.ask(
        "google_file",
        msg("JSON file from Google: key, OAuth client or workload identity (`default`: none needed; empty: later)"),
        _google_file,
        "",
    )
    host, port, security = asked.ask("mail_server", msg("Mail server (like smtp.gmail.com)"), _mail_server)
    user = asked.ask("mail_user", msg("Login at the mail server (empty: none)"), str, "")
    password = asked.password() if user else None
    sender = _sender(asked, user)
    recipients = _recipients(asked)
    told = _told(asked, user, sender)
    return (
        new_office.NewOffice(
            office=name,
            code=said["code"] or new_office.code_of(name),
            language="en" if asked.code == "en" else "id",
            time_zone=zone,
            locale=said["locale"] or new_office.locale_of(asked.code, zone),
            workbook=workbook,
            start=said["start"] or f"{today.year}-01",
            google=login_with(google, computers_own=google == Path(_OWN), impersonate=said["impersonate"]),
            mail_host=host,
            mail_port=port,
            security=security,
            mail_user=user,
            sender=sender,
            recipients=recipients,
            told=told,
            holidays=new_office.holidays_from(today, zone),
            country_code=said["country_code"],
        ),
        Secrets(None if google == Path(_OWN) else google, password),
    )


def _sender(asked: Questions, user: str) -> str:
    if asked.said["sender"] is None and "@" in user:
        return user
    return cast("str", asked.ask("sender", msg("Address that mails come from"), _address))


def _recipients(asked: Questions) -> tuple[Recipient, ...]:
    question = msg("Who gets the office's report: addresses, with a comma between them")
    return cast("tuple[Recipient, ...]", asked.ask("recipient", question, _addresses))


def _told(asked: Questions, user: str, sender: str) -> tuple[Recipient, ...]:
    """Who hears when something goes wrong; nobody is asked an eleventh question, nor whose answers are all options."""
    said = asked.said
    if said["notify"] is None and (said["recipient"] is not None or (user and "@" not in user)):
        return _addresses(sender)
    question = msg("Who is told when something goes wrong: addresses, with a comma between them")
    return cast("tuple[Recipient, ...]", asked.ask("notify", question, _addresses, sender))


def _language(text: str) -> str:
    if text not in ("id", "en"):
        raise ValueError(msg("id or en"))
    return text


def _some(text: str) -> str:
    if not text:
        raise ValueError(msg("a text that is not empty"))
    return text


def _zone(text: str) -> str:
    name = _ZONES.get(text.upper(), text)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(msg("a time zone like Asia/Pontianak")) from error
    return name


def _workbook(text: str) -> str:
    """An address, or an id that is as long as Google's are: a word is neither."""
    found = workbook_id(text)
    if found == text and len(found) < _SHORTEST_ID:
        workbook_id("?")  # says what is expected
    return found


def _google_file(text: str) -> Path | None:
    path = Path(text).expanduser() if text else None
    if path is not None and text != _OWN and not path.is_file():
        raise ValueError(msg("a file that is there"))
    return path


def _mail_server(text: str) -> tuple[str, int, str]:
    return new_office.mail_place(text)


def _address(text: str) -> str:
    recipient(text)
    return text


def _addresses(text: str) -> tuple[Recipient, ...]:
    found = tuple(recipient(each) for each in text.replace(";", ",").split(",") if each.strip())
    if not found:
        raise ValueError(msg("an e-mail address like nama@example.org"))
    return found
