"""`python scripts/bench_readers.py`: the same workbooks read by other programs, beside this one; prints JSON.

Ten workbooks of 20 libraries × 12 months × 15 elements stand on the local Google. Each of these reads all of them, in a process
of its own; processor seconds are without the start of Python, requests are what the server counted:

    gspread             a script as gspread's documentation shows it: every worksheet's records
    gspread_dataframe   every worksheet as a DataFrame
    tap_google_sheets   the Singer tap: discovers the sheets, then gives their records; its output goes nowhere
    read                this program's client alone: one request a workbook, everything in it
    first_sync          this program: reads, understands, checks, scores, and writes its pages
    next_sync           this program once more, nobody having typed

The first three are installed into environments of their own, below `--venvs`; nothing in the product needs them. They
give what stands in the cells, so `read` is what compares with them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bench_scale import Nation, nation
from bench_sync import NOW, Sample
from machine import print_measured

from sheets_sync.demo.people import SECRETARY
from sheets_sync.local_google.logins.book import Consent

ENVIRONMENTS = {"gspread": ("gspread", "gspread-dataframe"), "tap": ("tap-google-sheets",)}
SCOPES = frozenset(f"https://www.googleapis.com/auth/{name}" for name in ("spreadsheets", "drive"))

# Sends what is meant for Google to the local server instead, and tells what the work cost.
_AROUND = """
import json, sys, time
import requests
said = json.loads(sys.argv[1])
send = requests.Session.send
def redirected(session, request, **options):
    host, rest = request.url.split("//", 1)[1].split("/", 1)
    if host.endswith("googleapis.com"):
        request.url = said["url"] + "/" + rest
    return send(session, request, **options)
requests.Session.send = redirected
def told(began, **more):
    print(json.dumps({"processor": time.process_time() - began, **more}), file=sys.stderr)
"""
_GSPREAD = """
import gspread
began, rows = time.process_time(), 0
account = gspread.service_account(filename=said["key_file"])
for workbook in said["workbooks"]:
    for worksheet in account.open_by_key(workbook).worksheets():
        rows += len(worksheet.get_all_records())
told(began, rows=rows)
"""
_DATAFRAME = """
import gspread
from gspread_dataframe import get_as_dataframe
began, rows = time.process_time(), 0
account = gspread.service_account(filename=said["key_file"])
for workbook in said["workbooks"]:
    for worksheet in account.open_by_key(workbook).worksheets():
        rows += len(get_as_dataframe(worksheet).dropna(how="all"))
told(began, rows=rows)
"""
_TAP = """
import logging
from singer import metadata
from tap_google_sheets.client import GoogleClient
from tap_google_sheets.discover import discover
from tap_google_sheets.sync import sync
logging.disable(logging.CRITICAL)
began = time.process_time()
with GoogleClient(said["client_id"], said["client_secret"], said["refresh_token"], 300, "bench") as client:
    for workbook in said["workbooks"]:
        catalog = discover(client, workbook)
        for stream in catalog.streams:
            about = metadata.to_map(stream.metadata)
            about = {place: {**known, "selected": True} for place, known in about.items()}
            stream.metadata = metadata.to_list(about)
        sync(client, {"spreadsheet_id": workbook, "start_date": "2000-01-01T00:00:00Z"}, catalog, {})
told(began)
"""
_READ = """
from pathlib import Path
from sheets_sync.google import GoogleClient, GoogleOptions
options = GoogleOptions(reads_per_minute=1_000_000)
began, rows = time.process_time(), 0
client = GoogleClient(json.loads(Path(said["key_file"]).read_text()), options, said["url"])
client.list_workbooks()
for workbook in said["workbooks"]:
    rows += sum(len(tab.rows) for tab in client.read(workbook).grid.tabs)
told(began, rows=rows)
"""
_SYNC = """
from datetime import datetime
from pathlib import Path
from sheets_sync.app import open_app
from sheets_sync.clock import clock_from
from sheets_sync.jobs.run import sync_job
from sheets_sync.settings import Environment, load_settings
config = Path(said["config"])
environment = Environment(config=config, google_endpoint=said["url"], key_file=None, store_url=None)
with open_app(load_settings(config, environment), clock_from(datetime.fromisoformat(said["now"]))) as app:
    began = time.process_time()
    outcome = sync_job(app)
    told(began, status=outcome.status)
"""
READERS: Mapping[str, tuple[str, str]] = {  # environment ("": this one) and script
    "gspread": ("gspread", _GSPREAD),
    "gspread_dataframe": ("gspread", _DATAFRAME),
    "tap_google_sheets": ("tap", _TAP),
    "read": ("", _READ),
    "first_sync": ("", _SYNC),
    "next_sync": ("", _SYNC),
}


def python_of(environment: str, venvs: Path) -> str:
    """The Python that has what a reader needs, installed where it was not yet."""
    if not environment:
        return sys.executable
    folder = venvs / environment
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        command = [str(python), "-m", "pip", "install", "--quiet", *ENVIRONMENTS[environment]]
        subprocess.run(command, check=True, stdout=sys.stderr)
    return str(python)


def bench(here: Nation, readers: Sequence[str], venvs: Path) -> dict[str, Any]:
    """What each reader took and asked for; a workbook is one of the offices'."""
    client = here.google.logins.new_client()["installed"]
    person = here.google.account(SECRETARY, person=True)
    said = {
        "url": here.google.url,
        "key_file": str(here.place.key_file),
        "config": str(here.place.config),
        "now": NOW,
        "workbooks": list(here.workbooks.values()),
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
        "refresh_token": here.google.logins.new_refresh(Consent(client["client_id"], person, SCOPES)),
    }
    return {name: _read(here, name, said, venvs) for name in readers}


def _read(here: Nation, name: str, said: Mapping[str, Any], venvs: Path) -> dict[str, Any]:
    environment, script = READERS[name]
    python = python_of(environment, venvs)
    here.google.log.clear()
    began = datetime.now().astimezone()
    command = [python, "-c", _AROUND + script, json.dumps(said)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr[-2000:]}")
    seconds = (datetime.now().astimezone() - began).total_seconds()
    told = json.loads(done.stderr.strip().splitlines()[-1])
    made = Counter(entry.method for entry in here.google.log.entries)
    many = len(here.workbooks)
    return {
        **{key: round(value, 3) for key, value in told.items()},
        "processor_each": round(told["processor"] / many, 4),
        "requests": sum(made.values()),
        "requests_by_method": dict(made),
        "seconds_with_start": round(seconds, 1),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="The same workbooks read by other programs, beside this one.")
    parser.add_argument("--workbooks", type=int, default=10)
    parser.add_argument("--libraries", type=int, default=20)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--elements", type=int, default=15)
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS))
    parser.add_argument("--venvs", type=Path, default=Path(tempfile.gettempdir()) / "sheets-sync-readers")
    options = parser.parse_args()
    size = {name: getattr(options, name) for name in ("workbooks", "libraries", "months", "elements")}
    sample = Sample.draw(options.libraries, options.months, options.elements)
    with tempfile.TemporaryDirectory() as folder, nation(Path(folder), options.workbooks, sample) as here:
        print_measured(lambda: {**size, "readers": bench(here, options.readers, options.venvs)})


if __name__ == "__main__":
    main()
