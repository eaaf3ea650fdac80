"""A province above the sample office: a workbook of its own, and a regency that another installation keeps."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from installation import US, Installation
from places import write

from sheets_sync.demo import people
from sheets_sync.jobs.places.region_file import region_file
from sheets_sync.model import PlaceSums

PROVINCE, HERE, ELSEWHERE = "62", "62.13", "62.04"
PLACES = f"""
ask_after_days: 35
import_folder: ../imports
places:
  - {{code: "{PROVINCE}", name: Kalimantan Tengah, level: province}}
  - {{code: "{HERE}", name: Barito Timur, parent: "{PROVINCE}", offices: [barito-timur]}}
  - {{code: "{ELSEWHERE}", name: Barito Selatan, parent: "{PROVINCE}", imports: barito-selatan}}
"""
REGION = """
code: "62"
name: Dinas Perpustakaan dan Arsip Provinsi Kalimantan Tengah
workbook: {workbook}
start: 2024-01
letterhead:
  lines: [PEMERINTAH PROVINSI KALIMANTAN TENGAH, DINAS PERPUSTAKAAN DAN ARSIP]
  address: Jalan A.I.S. Nasution No. 1, Palangka Raya
  place: Palangka Raya
notice: {{id: CONTOH – ANGKA REKAAN, en: SAMPLE – INVENTED FIGURES}}
"""
REPORTS = """
send_on: 7
letter_to: {id: Gubernur Kalimantan Tengah, en: The Governor}
office_recipients:
  - {name: Kepala Dinas Provinsi, address: kepala@prov.example.org}
"""


def add_province(here: Installation) -> str:
    """Makes the province's workbook and configuration; the office's recipients become its own. Gives the workbook."""
    workbook = here.google.create_workbook(
        "Rekap Kalimantan Tengah", owner=people.SECRETARY, locale="in_ID", time_zone="Asia/Pontianak", writers=[US]
    )
    config = here.place.config
    office = (config / "office.yaml").read_text(encoding="utf-8")
    write(config / "offices" / "barito-timur.yaml", office)
    (config / "office.yaml").unlink()
    shared = (config / "reports.yaml").read_text(encoding="utf-8")
    write(config / "reports.yaml", re.sub(r"office_recipients:.*?\n(?=[a-z#])", "", shared, flags=re.DOTALL))
    write(config / "offices" / "barito-timur" / "reports.yaml", REPORTS.replace("prov.", "").replace("send_on: 7", ""))
    write(config / "places.yaml", PLACES)
    write(config / "places" / f"{PROVINCE}.yaml", REGION.format(workbook=workbook))
    write(config / "places" / PROVINCE / "reports.yaml", REPORTS)
    return workbook


def bring(here: Installation, sums: PlaceSums, made_at: str = "2024-11-05T06:00+07:00", name: str = "a") -> Path:
    """Puts a file of the other installation's into the folder for it."""
    file = here.place.config.parent / "imports" / f"{name}.json"
    content = region_file("barito-selatan", "Barito Selatan", sums, datetime.fromisoformat(made_at))
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return file


def twice(sums: PlaceSums) -> PlaceSums:
    """A regency like another one that has one library more that is silent."""
    return replace(sums, silent=sums.silent + 1, late=sums.late + 1)
