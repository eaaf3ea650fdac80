"""Writes the configuration of an office that begins; nothing that is there is ever written over."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheets_sync.config.new_office import PASSWORD_FILE, NewLogin, NewOffice, files
from sheets_sync.config.private import private_file, private_folder
from sheets_sync.errors import KeyFileError, UsageError
from sheets_sync.google.key_file import LoginKind, account_in, kind_of
from sheets_sync.i18n import Language
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import said_by
from sheets_sync.settings import Environment, Settings, load_settings

_NAMES: Mapping[LoginKind | None, str] = {  # under which a file of Google's is kept
    LoginKind.KEY: "service-account.json",
    LoginKind.PERSON: "login.json",
    LoginKind.WORKLOAD: "workload-identity.json",
    LoginKind.IMPERSONATED: "impersonation.json",
}
_CLIENT, _LOGIN = "oauth-client.json", "login.json"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is kept beside the configuration, closed to others: Google's file and the mail password; None: not given."""

    google_file: Path | None = None
    mail_password: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written, and what to do next, in order."""

    folder: Path
    made: tuple[str, ...]
    steps: tuple[Message, ...]

    def text(self, t: Language) -> str:
        """The outcome in a few lines."""
        written = t("Written into {folder}: {files}.", folder=self.folder, files=self.made)
        steps = [f"{number}. {t(step)}" for number, step in enumerate(self.steps, 1)]
        return "\n".join([written, "", t("What to do next:"), *steps])

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        return {"folder": str(self.folder), "files": self.made, "next": [t(step) for step in self.steps]}


def login_with(google_file: Path | None, *, computers_own: bool, impersonate: str) -> NewLogin:
    """How an office logs in, by what the file from Google says it is.

    Raises:
        KeyFileError: it is no file of Google's.
    """
    if computers_own:
        return NewLogin(login="default", impersonate=impersonate)
    if google_file is None:
        return NewLogin(impersonate=impersonate)
    try:
        said = json.loads(google_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KeyFileError(
            msg("{path} can't be read as JSON: {problem}", path=google_file, problem=said_by(error))
        ) from error
    if isinstance(said, dict) and "installed" in said:
        return NewLogin(key_file=_LOGIN, client_file=_CLIENT, impersonate=impersonate)
    kind = kind_of(said) if isinstance(said, dict) and "type" in said else None
    if kind is None:
        raise KeyFileError(
            msg(
                "{path} is neither a service account's key, nor an OAuth client for a desktop app, nor a workload "
                "identity. Download it again in the Google Cloud console.",
                path=google_file,
            )
        )
    return NewLogin(key_file=_NAMES[kind], impersonate=impersonate)


def init(folder: Path, new: NewOffice, secrets: Secrets, environment: Environment) -> Begun:
    """Writes the files of a new office, reads them again as every command does, and says what to do next.

    Raises:
        UsageError: one of the files is there already; nothing was written.
        ConfigError: an answer can't be used; nothing was written.
    """
    texts, kept = files(new), _kept(new.google, secrets)
    _refuse_there(folder, [*texts, *kept])
    private_folder(folder.parent)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        _write(Path(beside), {name: text.encode() for name, text in texts.items()} | kept)
        load_settings(Path(beside), environment)
        made = tuple(_move(Path(beside), private_folder(folder)))
    return Begun(folder, made, tuple(_steps(load_settings(folder, environment), new, secrets)))


def _kept(google: NewLogin, secrets: Secrets) -> dict[str, bytes]:
    """The secret files by name."""
    kept = {google.client_file or google.key_file: secrets.google_file.read_bytes()} if secrets.google_file else {}
    return kept | ({} if secrets.mail_password is None else {PASSWORD_FILE: secrets.mail_password.encode()})


def _refuse_there(folder: Path, names: Sequence[str]) -> None:
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise UsageError(
            msg("{path} already holds {files}. Nothing was written; name another folder.", path=folder, files=there)
        )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        private_file(folder / name).write_bytes(content)


def _move(source: Path, target: Path) -> Iterator[str]:
    """Moves the files over; gives their names."""
    for path in sorted(each for each in source.rglob("*") if each.is_file()):
        name = path.relative_to(source)
        private_folder((target / name).parent)
        shutil.move(path, target / name)
        yield name.as_posix()


def _steps(settings: Settings, new: NewOffice, secrets: Secrets) -> Iterator[Message]:
    """What a person does from here to the first sync."""
    folder, office = settings.folder, settings.offices[0]
    yield from _steps_to_google(settings, new.google, secrets)
    if new.mail_user and secrets.mail_password is None:
        yield msg("Write the mail password into {path}.", path=folder / PASSWORD_FILE)
    yield msg(
        "`{command}` prepares the workbook; then the secretary fills in the tab {tab}.",
        command=_command("setup", folder),
        tab=office.tabs.libraries,
    )
    yield msg("`{command}` says what is not right yet.", command=_command("doctor", folder))
    yield msg(
        "`{command}` reads the libraries; `setup` once more makes a form for each.", command=_command("sync", folder)
    )


def _command(name: str, folder: Path) -> str:
    return f"sheets-sync {name}" if folder == Path("config") else f"sheets-sync {name} --config {folder}"


def _steps_to_google(settings: Settings, google: NewLogin, secrets: Secrets) -> Iterator[Message]:
    key_file = settings.key_file(settings.offices[0])
    if google.client_file:
        yield msg("`{command}` logs you in at Google with your browser.", command=_command("login", settings.folder))
        yield msg("Log in with an account that may edit the workbook; whatever is written there is written by it.")
        return
    if google.login == "file" and secrets.google_file is None:
        yield msg("Save the JSON file from Google as {path}.", path=key_file)
    account = google.impersonate or account_in(key_file)
    if account:
        yield msg("Open the workbook, press Share, and add {account} as Editor.", account=account)
    else:
        yield msg("Open the workbook, press Share, and add the account of that login as Editor; `doctor` names it.")
