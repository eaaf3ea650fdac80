"""The files of an office that begins: whatever was answered is what they say, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import write
from ruamel.yaml import YAML

from sheets_sync.config.new_office import NewLogin, NewOffice, code_of, files, holidays_from, mail_place, scalar
from sheets_sync.config.shipped import shipped
from sheets_sync.model.address import Recipient
from sheets_sync.settings import Environment, Settings, load_settings

NEW = NewOffice(
    office="Dinas Perpustakaan Kabupaten Contoh",
    code="dinas-contoh",
    language="id",
    time_zone="Asia/Pontianak",
    locale="in_ID",
    workbook="1AbC",
    start="2026-01",
    google=NewLogin(),
    mail_host="smtp.gmail.com",
    mail_port=587,
    security="starttls",
    mail_user="laporan@kantor.go.id",
    sender="laporan@kantor.go.id",
    recipients=(Recipient("kepala@kantor.go.id", "Kepala Dinas"),),
    told=(Recipient("operator@kantor.go.id"),),
    holidays=(date(2026, 8, 17),),
)


def loaded(folder: Path, new: NewOffice) -> Settings:
    for name, text in files(new).items():
        write(folder / name, text)
    return load_settings(folder, Environment(google_endpoint=None, key_file=None, store_url=None))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"office": 'Perpustakaan "Maju": #1 \\ {{ x }} & \u00f1', "recipients": ()},
        {"mail_user": "", "mail_host": "localhost", "mail_port": 25, "security": "none"},
        {"google": NewLogin(login="default", impersonate="robot@x.iam.gserviceaccount.com")},
        {"google": NewLogin(key_file="login.json", client_file="oauth-client.json")},
        {"holidays": (), "country_code": "44", "time_zone": "Europe/London", "locale": "en_GB"},
        {"recipients": (Recipient("a@b.go.id", "O'Neill, S.Sos: #1"), Recipient("c@d.go.id"))},
    ],
)
def test_the_files_say_what_was_answered(tmp_path: Path, language: Literal["id", "en"], more: dict[str, Any]) -> None:
    """Read as every command reads them, the files hold each answer, whatever signs stand in it."""
    new = replace(NEW, language=language, **more)
    settings = loaded(tmp_path, new)
    office, own = settings.offices[0], settings.of(settings.office("dinas-contoh"))
    mail, reports = settings.mail, own.reports
    said = (office.name, office.code, office.language, office.time_zone, office.locale, office.workbook, office.start)
    assert said == (new.office, new.code, language, new.time_zone, new.locale, new.workbook, new.start)
    assert (mail.host, mail.port, mail.security, mail.username, mail.sender) == (
        new.mail_host,
        new.mail_port,
        new.security,
        new.mail_user,
        new.sender,
    )
    assert [each.address for each in reports.office_recipients] == [each.address for each in new.recipients]
    assert [each.name for each in reports.office_recipients if each.name not in ("Bapak/Ibu", "Colleague")] == [
        each.name for each in new.recipients if each.name
    ]
    assert reports.reminders.holidays == new.holidays
    assert (settings.google.login, settings.google.key_file) == (new.google.login, new.google.key_file)
    assert settings.google.impersonate == new.google.impersonate
    assert own.inputs.country_code == new.country_code


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_sample_survives(language: Literal["id", "en"]) -> None:
    """Nothing of the sample office stands in what was written: no address, no name, no notice."""
    texts = files(replace(NEW, language=language))
    own = "\n".join(text for name, text in texts.items() if (shipped("config") / "new" / "id" / f"{name}.j2").exists())
    assert [word for word in ("example.org", "Barito", "Tamiang", "notice", "2024") if word in own] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    """Any text, written into YAML, is the same text afterwards: quotes, colons, words for yes and no, line ends."""
    assert YAML(typ="rt").load(f"said: {scalar(text)}   # and a remark\n")["said"] == text


@given(st.text(max_size=60))
def test_a_code_is_one(name: str) -> None:
    """Whatever the office is called, its code is of the form that the configuration wants."""
    import re

    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", code_of(name))


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("smtp.gmail.com", ("smtp.gmail.com", 587, "starttls")),
        (" smtp.kantor.go.id:465 ", ("smtp.kantor.go.id", 465, "tls")),
        ("localhost", ("localhost", 25, "none")),
        ("127.0.0.1:2525", ("127.0.0.1", 2525, "none")),
    ],
)
def test_a_mail_server_brings_its_port_and_protection(typed: str, place: tuple[str, int, str]) -> None:
    """What is not said follows from what is."""
    assert mail_place(typed) == place


@pytest.mark.parametrize(
    "typed", ["", "smtp gmail", "https://mail.kantor.go.id", "smtp.gmail.com:", "a@b.c", "x:123456"]
)
def test_what_is_no_mail_server_is_asked_about(typed: str) -> None:
    """An address of a page or a person is none."""
    with pytest.raises(ValueError, match="mail server"):
        mail_place(typed)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Europe/London"])
def test_holidays_are_to_come(zone: str) -> None:
    """None is past, and each comes in this year or the next."""
    days = holidays_from(date(2026, 11, 27), zone)
    assert days
    assert all(date(2026, 11, 27) <= day <= date(2027, 12, 31) for day in days)
