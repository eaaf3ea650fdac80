"""`python scripts/docs_commands.py`: writes docs/commands.md and docs/perintah.md anew from what every command answers to `--help`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sheets_sync.cli.group import cli
from sheets_sync.cli.session import Session
from sheets_sync.cli.speech import speak, spoken

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs" / "commands.md", "id": ROOT / "docs" / "perintah.md"}
WIDTH = 100
ENGLISH = """\
# Commands

*[Bahasa Indonesia](perintah.md)*

What each command answers to `--help`, written by `scripts/docs_commands.py`. In a clone the command is
`.venv/bin/sheets-sync` (Windows: `.venv\\Scripts\\sheets-sync`), or `python -m sheets_sync` with the Python of `.venv`.

Exit status: 0 done · 1 unexpected failure · 2 wrong usage or configuration · 3 done, but a workbook or a delivery
failed · 4 the same job is already at work · 130 ended by Ctrl+C. Findings in the data are normal and do not change it.
[operator.en.md](operator.en.md) tells what to do about each.

From the environment:

| variable | says |
|---|---|
| `SHEETS_SYNC_CONFIG` | the configuration folder, where `--config` is not given |
| `SHEETS_SYNC_KEY_FILE` | the service account's key file, instead of `google.yaml`'s |
| `SHEETS_SYNC_STORE_URL` | the database, instead of `store.yaml`'s; it may hold a password |
| `SHEETS_SYNC_SMTP_USERNAME`, `SHEETS_SYNC_SMTP_PASSWORD` | the login at the mail server |
| `SHEETS_SYNC_SMTP_PASSWORD_FILE` | a file that holds the password, instead of the variable above |
| `SHEETS_SYNC_NOTIFY_WAYS` | Apprise addresses with spaces between them, instead of `ways_file` of `service.yaml` |
| `SHEETS_SYNC_GOOGLE_ENDPOINT` | replaces Google's hosts for Sheets, Drive and the token, e.g. by `local-google` |
"""
INDONESIAN = """\
# Perintah

*[English](commands.md)*

Jawaban setiap perintah atas `--help`, ditulis oleh `scripts/docs_commands.py`. Di klon repositori perintahnya
`.venv/bin/sheets-sync` (Windows: `.venv\\Scripts\\sheets-sync`), atau `python -m sheets_sync` dengan Python dari `.venv`.

Status akhir: 0 selesai · 1 kegagalan tak terduga · 2 pemakaian atau konfigurasi perlu dibetulkan · 3 selesai, tetapi ada
buku kerja atau kiriman yang gagal · 4 pekerjaan yang sama sedang berjalan · 130 dihentikan dengan Ctrl+C. Temuan dalam data
adalah hal biasa dan tidak mengubah status. Yang perlu dilakukan ada di [operator.md](operator.md).

Dari lingkungan:

| variabel | menyebut |
|---|---|
| `SHEETS_SYNC_CONFIG` | folder konfigurasi, bila `--config` tidak dipakai |
| `SHEETS_SYNC_KEY_FILE` | berkas kunci akun layanan, sebagai ganti yang di `google.yaml` |
| `SHEETS_SYNC_STORE_URL` | basis data, sebagai ganti yang di `store.yaml`; boleh berisi sandi |
| `SHEETS_SYNC_SMTP_USERNAME`, `SHEETS_SYNC_SMTP_PASSWORD` | login di server surel |
| `SHEETS_SYNC_SMTP_PASSWORD_FILE` | berkas yang berisi sandinya, sebagai ganti variabel di atas |
| `SHEETS_SYNC_NOTIFY_WAYS` | alamat Apprise, dipisahkan spasi, sebagai ganti `ways_file` di `service.yaml` |
| `SHEETS_SYNC_GOOGLE_ENDPOINT` | menggantikan server Google untuk Sheets, Drive, dan token, misalnya dengan `local-google` |
"""
HEADS = {"en": ENGLISH, "id": INDONESIAN}


def contexts(ctx: click.Context) -> Iterator[click.Context]:
    """Every command below the context's group, those inside a group after the group."""
    assert isinstance(ctx.command, click.Group)
    for name in ctx.command.list_commands(ctx):
        command = ctx.command.get_command(ctx, name)
        assert command is not None, name
        inner = click.Context(command, parent=ctx, info_name=name)
        yield inner
        if isinstance(command, click.Group):
            yield from contexts(inner)


def root(code: str, width: int = WIDTH) -> click.Context:
    """The group of commands as it speaks a language on a terminal of so many columns; click speaks it from now on."""
    session = Session(lang=code)
    speak(session.t)
    return click.Context(
        spoken(cli, session.t), info_name="sheets-sync", obj=session, terminal_width=width, **cli.context_settings
    )


def page(code: str) -> str:
    """The whole page in a language, whatever the width of the terminal."""
    return "\n".join([HEADS[code], *(_part(ctx) for ctx in contexts(root(code)))])


def _part(ctx: click.Context) -> str:
    name = ctx.command_path.removeprefix("sheets-sync ")
    return f"## {name}\n\n```text\n{ctx.get_help()}\n```\n"


if __name__ == "__main__":
    for language_code, path in PAGES.items():
        path.write_text(page(language_code), encoding="utf-8")
