"""`python scripts/bench_local_google.py`: how long the local Google takes to read and write large workbooks; prints JSON.

5,000 rows × 30 columns go in by one batchUpdate and come out by one get with the mask of a sync, by one with everything,
and by values.get; then a workbook of 28,000 cells. Beside each get stands the time this client needs to parse the answer.
The server is `sheets-sync local-google`, a process of its own. Seconds, and megabytes at the peak; of times the middle one
of several, in which every get follows a write.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials
from machine import print_measured

from sheets_sync.google.read import MASK

MASKED = {"fields": MASK, "prettyPrint": "false", "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED"}


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The local Google as a command; gives its address. Its key is `key.json` in the folder."""
    command = [sys.executable, "-m", "sheets_sync", "local-google", "--key-file", str(folder / "key.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def signed_in(key: Path) -> requests.Session:
    """A session of the service account."""
    scopes = ["https://www.googleapis.com/auth/spreadsheets"]
    credentials = Credentials.from_service_account_file(key, scopes=scopes)  # type: ignore[no-untyped-call]
    credentials.refresh(Request())
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {credentials.token}"
    return session


def body(rows: int, columns: int) -> bytes:
    """A batchUpdate that makes the grid and fills it, a third of it with text."""
    cells = [[_cell(row, column) for column in range(columns)] for row in range(rows)]
    grid = {"gridProperties": {"rowCount": rows, "columnCount": columns}}
    update = {"start": {}, "rows": [{"values": line} for line in cells], "fields": "userEnteredValue"}
    resize = {"properties": grid, "fields": "gridProperties(rowCount,columnCount)"}
    return json.dumps({"requests": [{"updateSheetProperties": resize}, {"updateCells": update}]}).encode()


def _cell(row: int, column: int) -> dict[str, Any]:
    value = {"stringValue": f"baris {row}"} if column % 3 == 0 else {"numberValue": row * column + 0.5}
    return {"userEnteredValue": value}


def timed(work: Callable[[], requests.Response]) -> tuple[float, requests.Response]:
    """Seconds until the whole answer is there."""
    started = time.perf_counter()
    response = work()
    response.raise_for_status()
    return time.perf_counter() - started, response


def measured(url: str, session: requests.Session, rows: int, columns: int, times: int) -> dict[str, float]:
    """One workbook written and read several times; of each duration the middle one."""
    created = session.post(url, json={"properties": {"title": "Besar"}}, timeout=60).json()
    url, sent, found = f"{url}/{created['spreadsheetId']}", body(rows, columns), []
    for _ in range(times):
        turn = {"batch_update": timed(lambda: session.post(f"{url}:batchUpdate", data=sent, timeout=300))[0]}
        turn |= _read("get_of_a_sync", lambda: session.get(url, params=MASKED, timeout=300))
        turn |= _read("get_everything", lambda: session.get(url, params={"includeGridData": "true"}, timeout=300))
        turn |= _read("values_get", lambda: session.get(f"{url}/values/Sheet1", timeout=300))
        found.append(turn)
    return {name: round(statistics.median(turn[name] for turn in found), 3) for name in found[0]}


def _read(name: str, work: Callable[[], requests.Response]) -> dict[str, float]:
    seconds, answer = timed(work)
    started = time.perf_counter()
    answer.json()
    return {name: seconds, f"{name}_parsed": time.perf_counter() - started}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    print_measured(lambda: reported(((1000, 28), (given.rows, given.columns)), given.times))


def reported(sizes: Sequence[tuple[int, int]], times: int) -> dict[str, Any]:
    """What tabs of these sizes, rows and columns, cost, and the memory of both sides."""
    report: dict[str, Any] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder)) as address,
        signed_in(Path(folder) / "key.json") as session,
    ):
        for rows, columns in sizes:
            found = measured(f"{address}/v4/spreadsheets", session, rows, columns, times)
            report[f"{rows} x {columns}"] = found
    for whose, who in (("server", resource.RUSAGE_CHILDREN), ("client", resource.RUSAGE_SELF)):
        report[f"{whose}_peak_mb"] = resource.getrusage(who).ru_maxrss // 1024
    return report


if __name__ == "__main__":
    main()
