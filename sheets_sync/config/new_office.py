"""The configuration of an office that begins: a few answers become commented files. Pure but for the shipped texts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

import jinja2

from sheets_sync.config.shipped import shipped
from sheets_sync.model import msg
from sheets_sync.model.address import Recipient

PASSWORD_FILE = "smtp-password"  # noqa: S105 - the file's name
_SERVER = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(?P<port>[0-9]{1,5}))?")
_TLS_PORT = 465  # whose servers speak TLS from the first byte
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/@-]*[A-Za-z0-9]")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})  # YAML takes them for something else
_INDONESIA = frozenset({"Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"})
_FIXED: Mapping[str, Sequence[tuple[int, int]]] = {  # holidays that fall on the same day each year
    "Indonesia": ((1, 1), (5, 1), (6, 1), (8, 17), (12, 25)),
    "elsewhere": ((1, 1), (12, 25)),
}
_ALLOWANCE: Mapping[str, int] = {"smtp.gmail.com": 500}  # mails a day that a server takes, where that is known


@dataclass(frozen=True, slots=True)
class NewLogin:
    """How an office that begins logs in at Google: names of files in its folder, "" where there is none."""

    login: Literal["file", "default"] = "file"
    key_file: str = "service-account.json"
    client_file: str = ""
    impersonate: str = ""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What somebody said of an office that begins; all of it is checked when the files are read again.

    `start` is the first month; `told` are who hear when something goes wrong; `holidays` are days without reminders.
    """

    office: str
    code: str
    language: Literal["id", "en"]
    time_zone: str
    locale: str
    workbook: str
    start: str
    google: NewLogin
    mail_host: str
    mail_port: int
    security: str
    mail_user: str
    sender: str
    recipients: tuple[Recipient, ...]
    told: tuple[Recipient, ...]
    holidays: tuple[date, ...]
    country_code: str = "62"
    regency: str = ""
    province: str = ""
    store: str = "data"

    @property
    def daily_allowance(self) -> int:
        return _ALLOWANCE.get(self.mail_host, 2000)


def files(new: NewOffice) -> dict[str, str]:
    """The texts of the configuration's files by name; what nobody was asked about is as it ships."""
    said = {**asdict(new), "password_file": PASSWORD_FILE, "daily_allowance": new.daily_allowance}
    return {**_as_shipped(new), **{name: _filled(text, said) for name, text in _templates(new.language)}}


def _templates(language: str) -> list[tuple[str, str]]:
    folder = shipped("config") / "new" / language
    return [(path.name.removesuffix(".j2"), path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.j2"))]


def _as_shipped(new: NewOffice) -> dict[str, str]:
    folder = shipped("config")
    paths = [*sorted(folder.glob("*.yaml")), *sorted((folder / "schemes").glob("*.yaml"))]
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    written = f'country_code: "{new.country_code}"'
    return {**texts, "inputs.yaml": re.sub(r'(?m)^country_code: ".*"', written, texts["inputs.yaml"])}


def _filled(text: str, said: Mapping[str, Any]) -> str:
    environment = jinja2.Environment(trim_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined)  # noqa: S701 - YAML, no HTML
    environment.filters["yaml"] = scalar
    return environment.from_string(text).render(said)


def scalar(value: object) -> str:
    """A value as YAML reads it back: plain where nothing in it means something else, else in quotes with escapes."""
    text = str(value)
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(mark if mark.isprintable() else f"\\U{ord(mark):08x}" for mark in quoted)


def code_of(name: str) -> str:
    """A code for an office, of its name: `Dinas Perpustakaan Kab. Barito` → `dinas-perpustakaan-kab-barito`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "kantor"


def is_indonesian(time_zone: str) -> bool:
    """Whether a time zone is one of Indonesia's."""
    return time_zone in _INDONESIA


def locale_of(language: str, time_zone: str) -> str:
    """The locale of Google Sheets in which people of a zone write their figures."""
    return "in_ID" if is_indonesian(time_zone) or language == "id" else "en_GB"


def holidays_from(today: date, time_zone: str) -> tuple[date, ...]:
    """The holidays of this year and the next that fall on the same day each year, from today on."""
    fixed = _FIXED["Indonesia" if is_indonesian(time_zone) else "elsewhere"]
    days = (date(year, month, day) for year in (today.year, today.year + 1) for month, day in fixed)
    return tuple(day for day in days if day >= today)


def mail_place(text: str) -> tuple[str, int, str]:
    """Host, port and protection of a mail server named `smtp.gmail.com` or `localhost:25`.

    Raises:
        ValueError: it names none.
    """
    found = _SERVER.fullmatch(text.strip())
    if found is None:
        raise ValueError(msg("a mail server like smtp.gmail.com, with or without a port (:587)"))
    host, local = found["host"], found["host"] in ("localhost", "127.0.0.1")
    port = int(found["port"] or (25 if local else 587))
    return host, port, "tls" if port == _TLS_PORT else ("none" if local else "starttls")
