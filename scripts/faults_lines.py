"""The lines of the fault table: how each thing is made to go wrong, and how it is put right again."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime

import faults_house as house
from faults import Line, Scene
from installation import LOGIN, US
from smtp_faults import Faults, FaultyMailbox

from sheets_sync.demo.mailbox import Login, certificate
from sheets_sync.local_google.faults import FaultKind, Rule
from sheets_sync.mail.options import Security


def google(kind: FaultKind | str, method: str = "*", *, seconds: float = 60.0) -> Callable[[Scene], object]:
    """A fault of every call of a method from now on."""
    return lambda stage: stage.here.google.conditions.rules.append(
        Rule(FaultKind(kind), method, times=None, seconds=seconds)
    )


def well(stage: Scene) -> None:
    """Google is well again."""
    stage.here.google.conditions.clear()


def _sometimes(kind: str, method: str) -> Callable[[Scene], object]:
    """The next call alone."""
    return lambda stage: stage.here.google.conditions.fail(kind, method)


def unshare(stage: Scene) -> None:
    """The secretary takes our access away."""
    stage.here.person().remove_permissions(stage.here.google.account(US).email, role="any")


def share(stage: Scene) -> None:
    """And gives it back."""
    stage.here.person().share(stage.here.google.account(US).email, "user", "writer", notify=False)


def _drive(stage: Scene, **values: object) -> None:
    book = stage.here.person()
    address = f"https://www.googleapis.com/drive/v3/files/{book.id}"
    book.client.request("patch", address, json=values)


def many_cells(stage: Scene) -> None:
    """Somebody pastes some ten megabytes into a tab of their own."""
    tab = stage.here.person().add_worksheet("Salinan", rows=6000, cols=20)
    tab.update([["catatan " * 9] * 20] * 6000, "A1")


def no_cells(stage: Scene) -> None:
    """And takes them away again."""
    book = stage.here.person()
    book.del_worksheet(book.worksheet("Salinan"))


def mail_port(port: int) -> Callable[[Scene], None]:
    """The mail server is not where it was."""

    def inject(stage: Scene) -> None:
        stage.here.configure("mail.yaml", port=port)
        stage.reload()

    return inject


def mail_well(stage: Scene) -> None:
    """The mail server is as it was."""
    mailbox = stage.here.mailbox
    stage.here.configure("mail.yaml", port=mailbox.port, ca_file=str(mailbox.ca_file), daily_allowance=2000)
    stage.reload()
    if (other := stage.kept.pop("mailbox", None)) is not None:
        other.__exit__()


def other_mailbox(stage: Scene, faults: Faults, folder: str) -> None:
    """A mail server that misbehaves takes the place of the other."""
    mailbox = FaultyMailbox(stage.folder / folder, faults, LOGIN, Security.STARTTLS).__enter__()
    stage.kept["mailbox"] = mailbox
    stage.here.configure("mail.yaml", port=mailbox.port, ca_file=str(mailbox.ca_file))
    stage.reload()


def expired(stage: Scene) -> None:
    """Its certificate ended years ago."""
    until = certificate._UNTIL  # noqa: SLF001 - an expired one is made nowhere else
    certificate._UNTIL = datetime(2024, 2, 1, tzinfo=UTC)  # noqa: SLF001 - as above
    try:
        other_mailbox(stage, Faults(), "expired")
    finally:
        certificate._UNTIL = until  # noqa: SLF001 - as above


def puts_off(stage: Scene) -> None:
    """451 for everybody."""
    everybody = frozenset(line.key.recipient for line in stage.app.store.deliveries.of())
    other_mailbox(stage, Faults(defer=everybody), "busy")


def wrong_password(stage: Scene) -> None:
    """The mail server wants another password."""
    mailbox = stage.here.mailbox
    stage.kept["login"], mailbox._login = mailbox._login, Login("laporan", "lain")  # noqa: SLF001 - its owner's doing


def right_password(stage: Scene) -> None:
    """And takes the old one again."""
    stage.here.mailbox._login = stage.kept["login"]  # noqa: SLF001 - as above


def allowance(stage: Scene) -> None:
    """Two messages a day."""
    stage.here.configure("mail.yaml", daily_allowance=2)
    stage.reload()


def between_reads(what: Callable[[Scene], object]) -> Callable[[Scene], object]:
    """It happens when what was typed has been read, and before the reports."""

    def inject(stage: Scene) -> None:
        stage.at["05T21:31"] = what

    return inject


def delete_tab(stage: Scene) -> None:
    """Somebody deletes the tab of a library."""
    book = stage.here.person()
    sheet = book.worksheet("Tangkum")
    stage.kept["tab"] = (sheet.id, sheet.get_all_values())
    book.del_worksheet(sheet)


def undo_delete(stage: Scene) -> None:
    """And takes that back."""
    sheet_id, rows = stage.kept["tab"]
    size = {"rowCount": max(60, len(rows)), "columnCount": 26}
    made = {"properties": {"sheetId": sheet_id, "title": "Tangkum", "gridProperties": size}}
    book = stage.here.person()
    book.batch_update({"requests": [{"addSheet": made}]})
    book.worksheet("Tangkum").update(rows, "A1", raw=False)


def delete_pages(stage: Scene) -> None:
    """Somebody deletes two pages of ours."""
    book = stage.here.person()
    for title in ("Rekap", "Rincian"):
        book.del_worksheet(book.worksheet(title))


TABLE = "sheets.spreadsheets.get"
LIST = "drive.files.list"
WRITE = "sheets.spreadsheets.batchUpdate"

ASKED = frozenset({"workbooks", "findings", "decisions", "Perlu Dicek"})  # the question about it, which is answered
SINCE = frozenset({"decisions", "deliveries"})  # what the older tables had no room for

LINES = (
    Line("Google 401 at every call", google("401", "s*"), well, "tidak dapat dihubungi"),
    Line("Google 403: access taken away", unshare, share, "Tidak diizinkan"),
    Line("Google 403: rate limit at the list", google("rate-limit", LIST), well, "Kuota Google"),
    Line("Google 404", google("404", "sheets.*"), well, "tidak ada di tempatnya"),
    Line("workbook in the bin", lambda s: _drive(s, trashed=True), lambda s: _drive(s, trashed=False), "tidak ada di"),
    Line("Google 429 storm without a header", google("429"), well, "Google"),
    Line("Google 429 storm with Retry-After", google("429-retry-after", seconds=2), well, "Google"),
    Line("Google 500", google("500"), well, "tidak dapat dihubungi"),
    Line("Google 503", google("503"), well, "tidak dapat dihubungi"),
    Line("Google 502 as HTML", google("502"), well, "tidak dapat dihubungi"),
    Line("reset in the body", google("reset", "*s.*"), well, "tidak dapat dihubungi"),
    Line("truncation in the body", google("truncated", "*s.*"), well, "tidak dapat dihubungi"),
    Line("a stall of every read", google("stall", TABLE, seconds=30), well, "tidak dapat dihubungi"),
    Line("token endpoint away", google("503", "token"), well, "tidak dapat dihubungi"),
    Line("token endpoint slow", google("slow", "token", seconds=1), well),
    Line("token endpoint refuses", google("invalid-grant", "token"), well, "tidak memberi program akses"),
    Line("an answer of 10 MB", many_cells, no_cells),
    Line("a write applied, its answer lost", _sometimes("lost-answer", WRITE), well),
    Line("a library's tab deleted between reads", between_reads(delete_tab), undo_delete, "tidak ada di", leaves=ASKED),
    Line("pages of ours deleted between reads", between_reads(delete_pages)),
    Line("store full", house.pragma("PRAGMA max_page_count = 1"), house.disk_well, "Penyimpanan"),
    Line("store locked", house.lock, house.unlock, "Penyimpanan"),
    Line("store read-only", house.pragma("PRAGMA query_only = 1"), house.disk_well, "Penyimpanan"),
    Line("store corrupt, then restored", house.damage, house.restored, "Penyimpanan"),
    Line("store older", house.older, leaves=SINCE),
    Line("store newer", house.newer, house.newer_again),
    Line("store restored from before the reports", house.restored_unasked),
    Line("mail away", mail_port(1), mail_well, "Surel tidak terkirim"),
    Line("mail: wrong password", wrong_password, right_password, "Surel tidak terkirim"),
    Line("mail: expired certificate", expired, mail_well, "Surel tidak terkirim"),
    Line("mail: 4xx for two days", puts_off, mail_well, "menunda"),
    Line("mail: daily limit", allowance, mail_well, "Surel tidak terkirim"),
    Line("SIGTERM while a read stalls", house.ended(signal.SIGTERM, "05T21:01", house.reading_stalls)),
    Line("SIGKILL while a mail is handed over", house.killed_while_mailing, house.settled, "tidak pasti"),
    Line("two services", house.second_service),
    Line("two services, each with a store", house.second_store, told="laporan yang menunggu", heals=False),
)
