"""`python scripts/docs_local_google.py`: writes sheets_sync/local_google/README.md anew from the code and Google's discovery documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sheets_sync.local_google.coverage import Coverage, of_methods, of_requests
from sheets_sync.local_google.faults import FaultKind
from sheets_sync.local_google.formulas.functions import FUNCTIONS
from sheets_sync.local_google.server import HANDLERS
from sheets_sync.local_google.xlsx import limits

PAGE = Path(__file__).resolve().parent.parent / "sheets_sync" / "local_google" / "README.md"
HEAD = """\
# What the local Google does

`sheets-sync local-google` answers on this machine as Google Sheets, Drive and the token endpoint would, at Google's own
paths. Unmodified clients work against it: gspread, gspread-dataframe, gspread-formatting, pygsheets and
google-api-python-client, and google-spreadsheet for JavaScript (`tests/local_google/test_clients_*.py`). What is not
supported answers 501 and names itself; nothing is accepted and ignored.

```python
from sheets_sync.local_google import Conditions, LocalGoogle

with LocalGoogle(conditions=Conditions.google()) as google:  # Google's quotas; Conditions() has none
    file_id = google.create_workbook("Rekap", locale="in_ID", writers=["sheets-sync"])
    google.write_key(Path("key.json"))  # a service account's key for any client
    google.conditions.fail("503", "sheets.spreadsheets.get", times=2)
    ...  # a client at google.url
    assert google.log.count("sheets.spreadsheets.batchUpdate") == 1
```

- `LocalGoogle(folder=...)` (`--data DIR`) keeps everything in one SQLite file that survives `kill -9` at any moment; a second
  server on the folder is refused. `.xlsx` files in it are open as workbooks and written back. One that is broken, larger
  than PACKED packed or UNPACKED unpacked, or has more than CELLS cells (with what merges, links, notes and rules
  cover) or GRID places is left alone with a warning that names it; the others open.
- `LocalGoogle(now=...)` (`--now TIME`) begins the server's clock, `google.now = ...` moves it: the header `Date`, files and
  comments follow it. Tokens and quotas pass by the machine's clock.
- It answers this machine only: a request whose `Host` or `Origin` is not `localhost` or a loopback address gets 403.
- Logins without a key: `google.write_client(path)` gives an OAuth client for a person's login (authorization page with a link for
  each person, code with PKCE, refresh token, revocation: `google.revoke(person)`); `google.write_workload(folder)` a workload
  identity (`/v1/token` of the Security Token Service); `google.let_act(email)` lets its holder act as a service account
  (`generateAccessToken`); `google.run_on_machine(*scopes)` plays a cloud machine's metadata server, at the host it gives (for
  `GCE_METADATA_HOST` and `GCE_METADATA_IP`). Clients need `SHEETS_SYNC_GOOGLE_ENDPOINT` or their own way to this address.
- `google.page(file_id, "tangkum")` is the address at which a browser shows a workbook to that person (`/spreadsheets/d/ID/edit`, as at
  Google): tabs, formats, merges, frozen and hidden rows, drop-downs, notes, comment threads, filters, protections, charts as small
  drawings. Typing goes through `values.update` with that person's token, and every window sees what others write. The address
  holds the server's sign-in; without it a browser is a stranger and sees what the link opens. Banding, slicers, filter views and
  images are not drawn; bars are drawn as columns.
- `google.trash(file_id)` puts a workbook into its owner's trash, as people do.
- `Conditions`: quotas by project and user, scalable; latency; faults by rule (`fail`, `Rule`) or by chance (`RandomFaults`, with a seed):
  FAULTS.
- Several calls in one request (`/batch`, `/batch/drive/v3`), GETs as long forms, and API keys for what everybody may read.

This page is written by `scripts/docs_local_google.py` from the code and Google's own discovery documents.
"""


def page() -> str:
    """The whole page."""
    functions = ", ".join(f"`{name}`" for name in sorted(FUNCTIONS))
    parts = [
        _head(),
        _table("Methods", of_methods(HANDLERS)),
        _table("Request kinds of spreadsheets.batchUpdate", of_requests()),
        f"## Functions in formulas\n\n{functions}. Any other is an honest `#NAME?`.\n",
    ]
    return "\n".join(parts)


def _head() -> str:
    facts = {
        "FAULTS": ", ".join(f"`{kind}`" for kind in FaultKind),
        "UNPACKED": f"{limits.MAX_UNPACKED // 2**20} MB",
        "PACKED": f"{limits.MAX_PACKED // 2**20} MB",
        "CELLS": f"{limits.MAX_CELLS:,}",
        "GRID": f"{limits.MAX_GRID:,}",
    }
    text = HEAD
    for name, value in facts.items():
        text = text.replace(name, value)
    return text


def _table(title: str, rows: Iterable[Coverage]) -> str:
    lines = [f"| `{row.name}` | {_status(row)} | {row.missing} |" for row in rows]
    return "\n".join([f"## {title}", "", "| name | | what is missing |", "|---|---|---|", *lines, ""])


def _status(row: Coverage) -> str:
    if not row.supported:
        return "501"
    return "partly" if row.missing else "supported"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
