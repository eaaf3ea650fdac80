"""`python scripts/docs_commands.py`: writes docs/commands.md anew from what every command answers to `--help`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sheets_sync.cli.group import cli

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "commands.md"
WIDTH = 100
HEAD = """\
# Commands

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


def page() -> str:
    """The whole page, whatever the width of the terminal."""
    root = click.Context(cli, info_name="sheets-sync", terminal_width=WIDTH, **cli.context_settings)
    parts = [HEAD, *(_part(ctx) for ctx in contexts(root))]
    return "\n".join(parts)


def _part(ctx: click.Context) -> str:
    name = ctx.command_path.removeprefix("sheets-sync ")
    return f"## {name}\n\n```text\n{ctx.get_help()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
