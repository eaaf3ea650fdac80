"""`python scripts/bench_local_google.py`: how long the local Google takes to read and write large workbooks; prints JSON.

5,000 rows × 30 columns go in by one batchUpdate and come out by one get with the mask of a sync, by one with everything,
and by values.get; then a workbook of 28,000 cells, beside the time a client needs to parse the answer. Seconds, megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from typing import Any

import requests
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from sheets_sync.local_google import LocalGoogle

MASK = (
    "properties(title,locale,timeZone),sheets(properties,merges,data(startRow,startColumn,rowData.values("
    "userEnteredValue,effectiveValue,formattedValue,effectiveFormat.numberFormat)),commentAnchors),comments"
)


def signed_in(google: LocalGoogle) -> requests.Session:
    """A session of the service account."""
    scope = "https://www.googleapis.com/auth/spreadsheets"
    credentials = Credentials.from_service_account_info(google.account().key_info(), scopes=[scope])  # type: ignore[no-untyped-call]
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
    return round(time.perf_counter() - started, 3), response


def measured(rows: int, columns: int) -> dict[str, float]:
    """One workbook written and read."""
    with LocalGoogle() as google, signed_in(google) as session:
        url = f"{google.url}/v4/spreadsheets/{google.create_workbook('Besar', writers=['sheets-sync'])}"
        sent = body(rows, columns)
        masked = {"fields": MASK, "prettyPrint": "false", "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED"}
        written, _ = timed(lambda: session.post(f"{url}:batchUpdate", data=sent, timeout=300))
        read, answer = timed(lambda: session.get(url, params=masked, timeout=300))
        started = time.perf_counter()
        answer.json()
        parsed = round(time.perf_counter() - started, 3)
        everything, _ = timed(lambda: session.get(url, params={"includeGridData": "true"}, timeout=300))
        values, _ = timed(lambda: session.get(f"{url}/values/Sheet1", timeout=300))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {"batch_update": written, "get_of_a_sync": read, "client_parses_it": parsed}
    return found | {"get_everything": everything, "values_get": values, "peak_mb": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--columns", type=int, default=30)
    given = parser.parse_args()
    sizes = ((1000, 28), (given.rows, given.columns))
    print(json.dumps({f"{rows} x {columns}": measured(rows, columns) for rows, columns in sizes}, indent=2))


if __name__ == "__main__":
    main()
