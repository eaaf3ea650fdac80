"""A second office in an installation: its own workbook, libraries, people and recipients, none of whom the first knows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import gspread
from installation import US, Installation
from places import write
from ruamel.yaml import YAML

from sheets_sync.demo import people

FIRST, SECOND = "barito-timur", "barito-selatan"
# What the sample says → what the second office says; nothing on the right is said by the first.
WORDS: Final = {
    "Tangkum": "Kalahien", "tangkum": "kalahien", "Pangkan": "Mengkatip", "pangkan": "mengkatip",
    "Turan Amis": "Bangkuang", "turan-amis": "bangkuang", "turan.amis": "bangkuang",
    "Barito Timur": "Barito Selatan", "barito-timur": "barito-selatan", "6213013B0000001": "6204013B0000001",
    "Raren Batuah": "Dusun Selatan", "Dinas;": "Disperpusip;", "Tab Dinas": "Disperpusip", "dinas@": "disperpusip@",
    "sekretaris@": "sekretaris.barsel@", "kepala@": "kepala.barsel@", "118264": "131140",
}  # fmt: skip


def translated(text: str) -> str:
    """The sample's text as the second office would say it."""
    for word, other in WORDS.items():
        text = text.replace(word, other)
    return text


def second_office(here: Installation) -> str:
    """Makes the second office; the first one's files become its own. Gives the second's workbook."""
    other = here.google.create_workbook(
        translated(people.TITLE), owner=people.SECRETARY, locale="in_ID", time_zone="Asia/Pontianak", writers=[US]
    )
    _type(here.person(other))
    config = here.place.config
    office = (config / "office.yaml").read_text(encoding="utf-8")
    write(config / "offices" / f"{FIRST}.yaml", office)
    write(config / "offices" / f"{SECOND}.yaml", translated(office.replace(here.workbook, other)))
    (config / "office.yaml").unlink()
    _part_recipients(config)
    return other


def _part_recipients(config: Path) -> None:
    """What reports.yaml said of recipients goes to each office's own file."""
    yaml = YAML(typ="rt")
    document = yaml.load((config / "reports.yaml").read_text(encoding="utf-8"))
    recipients = [dict(each) for each in document.pop("office_recipients")]
    with (config / "reports.yaml").open("w", encoding="utf-8") as target:
        yaml.dump(document, target)
    for code, said in ((FIRST, str), (SECOND, translated)):
        lines = [f"  - name: {said(each['name'])}\n    address: {said(each['address'])}" for each in recipients]
        write(config / "offices" / code / "reports.yaml", "office_recipients:\n" + "\n".join(lines) + "\n")


def _type(workbook: gspread.Spreadsheet) -> None:
    for name, rows in _tabs():
        tab = workbook.add_worksheet(name, rows=max(60, len(rows) + 20), cols=26)
        tab.update(rows, "A1", value_input_option=gspread.utils.ValueInputOption.user_entered)
    workbook.del_worksheet(workbook.sheet1)


def _tabs() -> Iterable[tuple[str, list[list[str]]]]:
    files = [item for item in people.SAMPLE.iterdir() if item.name.endswith(".csv")]
    for item in sorted(files, key=lambda each: (not each.name.startswith(people.REGISTER), each.name)):
        name = translated(item.name.removesuffix(".csv"))
        yield name, [[translated(cell) for cell in row] for row in csv.reader(item.read_text("utf-8").splitlines())]
