"""The office approves addresses in a tab that only named people can write on; what anybody else contrives counts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import gspread
import pytest
from installation import US, Installation, installation
from snapshot import Kept

from sheets_sync.demo import people
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.setup import set_up
from sheets_sync.model import Period
from sheets_sync.model.approval import HoldReason
from sheets_sync.rekap.links import APPROVALS_ID

OCTOBER, NOVEMBER = Period(2024, 10), Period(2024, 11)
NEW, EMAIL = "pengelola.baru@x.example", 12
TAB = "Persetujuan"


def office_that_approves(folder: Path, *, private: bool = False) -> Iterator[Installation]:
    """An office whose secretary approves in the sheet; its first report has gone out, then an address was changed."""
    with installation(folder) as here:
        secretary = here.google.account(people.SECRETARY, person=True).email
        here.google.share(here.workbook, "pustakawan")
        here.configure("office.yaml", approvers=[secretary])
        here.configure("reports.yaml", letter=False, workbook=False)
        register = keep_apart(here) if private else here.workbook
        here.sync()
        with here.app() as app:
            set_up(app, register)
            report_job(app, here.office(app), OCTOBER)
        retype(here, "tangkum@example.org", NEW)
        sync(here)
        yield here


def keep_apart(here: Installation) -> str:
    """The register moves to a workbook of its own."""
    register = people.make_workbook(here.google)
    old, book = here.person().worksheet("Perpustakaan"), here.person(register)
    book.add_worksheet("Perpustakaan", 60, 26).update(old.get_all_values(), "A1")
    here.person().del_worksheet(old)
    here.configure("office.yaml", register_workbook=register)
    return register


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    yield from map(Kept.of, office_that_approves(tmp_path_factory.mktemp("office")))


def register_of(here: Installation) -> gspread.Spreadsheet:
    """The workbook with the register, as the secretary opens it now."""
    with here.app() as app:
        return here.person(here.office(app).register_home)


def retype(here: Installation, old: str, new: str) -> None:
    register = register_of(here).worksheet("Perpustakaan")
    cell = register.find(old)
    assert cell is not None
    register.update_cell(cell.row, EMAIL, new)


def sync(here: Installation) -> tuple[str, ...]:
    """A sync an hour later; its warnings."""
    here.clock.now += timedelta(hours=1)
    outcome, _ = here.sync()
    assert outcome.status == 0
    return tuple(str(warning) for warning in outcome.warnings)


def tab(here: Installation) -> gspread.Worksheet:
    return register_of(here).get_worksheet_by_id(APPROVALS_ID)


def says_yes(here: Installation, typed: str = "ya") -> None:
    """The secretary answers beside the new address."""
    cell = tab(here).find(NEW)
    assert cell is not None
    tab(here).update_cell(cell.row, 7, typed)


def row(here: Installation) -> list[str]:
    """What stands about the new address."""
    cell = tab(here).find(NEW)
    assert cell is not None
    return [*tab(here).row_values(cell.row), "", ""][:8]


def held(here: Installation) -> list[str]:
    with here.app() as app:
        known = app.store.approvals(here.office(app).code).known
    return [each.address for each in known if each.approved_at is None]


def rekap(here: Installation) -> str:
    return "\n".join(
        cell.replace("\n", " ") for row in here.person().worksheet("Rekap").get_all_values() for cell in row
    )


def mailed(here: Installation) -> int:
    return sum(NEW.replace("@", "-") in path.name for path in here.mailbox.kept.messages)


@pytest.mark.parametrize("private", [False, True], ids=["home", "private register"])
def test_what_was_held_goes_once_the_office_says_yes(tmp_path: Path, private: bool) -> None:
    """Rekap tells, the tab lists the address and the former one, the secretary types yes, and the report that waited goes, once."""
    for here in office_that_approves(tmp_path, private=private):
        told = rekap(here)
        here.clock.now = here.clock.now.replace(month=12, day=6)
        with here.app() as app:
            outcome = report_job(app, here.office(app), NOVEMBER)
        before = mailed(here)
        says_yes(here)
        sync(here)
        with here.app() as app:
            deliver(app)
        assert "Perpustakaan Desa Tangkum" in told.split("belum dikirimi surel")[1].splitlines()[0]
        assert NEW not in told
        assert [(each.known.address, each.because) for each in outcome.held] == [(NEW, HoldReason.NEW)]
        assert (before, mailed(here), held(here)) == (0, 1, [])
        sync(here)
        secretary = here.google.account(people.SECRETARY, person=True).email
        assert "menggantikan tangkum@example.org" in row(here)[4]
        assert row(here)[5:] == ["disetujui", "ya", f"ya, 6 Des 2024 10.00, {secretary}"]


@pytest.mark.incident("yes-by-others")
def test_only_those_named_can_write_there(here: Installation) -> None:
    """Another editor of the workbook is refused by Google."""
    with people.opened_by(here.google, "pustakawan", here.workbook) as book:
        sheet = book.get_worksheet_by_id(APPROVALS_ID)
        with pytest.raises(gspread.exceptions.APIError):
            sheet.update_cell(3, 7, "ya")


def protection(here: Installation) -> int:
    """The id of the tab's protection."""
    sheets = register_of(here).fetch_sheet_metadata()["sheets"]
    ours = next(sheet for sheet in sheets if sheet["properties"]["sheetId"] == APPROVALS_ID)
    return int(ours["protectedRanges"][0]["protectedRangeId"])


def unprotected(here: Installation) -> None:
    register_of(here).batch_update({"requests": [{"deleteProtectedRange": {"protectedRangeId": protection(here)}}]})


def weakened(here: Installation, fields: str, **changes: object) -> None:
    changed = {"protectedRangeId": protection(here), **changes}
    register_of(here).batch_update(
        {"requests": [{"updateProtectedRange": {"protectedRange": changed, "fields": fields}}]}
    )


def with_another_editor(here: Installation) -> None:
    other = here.google.account("pustakawan", person=True).email
    users = [other, here.google.account(US).email, here.google.account(people.SECRETARY, person=True).email]
    weakened(here, "editors", editors={"users": users})


WEAK = {
    "no protection": unprotected,
    "a warning only": lambda here: weakened(here, "warningOnly,editors", warningOnly=True),
    "another editor": with_another_editor,
    "a part of the tab": lambda here: weakened(
        here, "range", range={"sheetId": APPROVALS_ID, "startColumnIndex": 0, "endColumnIndex": 5}
    ),
    "the last column left open": lambda here: weakened(
        here, "unprotectedRanges", unprotectedRanges=[{"sheetId": APPROVALS_ID, "startColumnIndex": 6}]
    ),
    "the whole domain": lambda here: weakened(
        here,
        "editors",
        editors={"users": [here.google.account(US).email], "domainUsersCanEdit": True},
    ),
}


@pytest.mark.incident("yes-by-others")
@pytest.mark.parametrize("weaken", WEAK.values(), ids=WEAK.keys())
def test_nothing_counts_while_others_could_have_typed_it(here: Installation, weaken: object) -> None:
    """With a weaker protection a typed yes frees nobody, and Rekap says what to do; `setup` mends it.

    What was typed meanwhile never counts, and is said: somebody who may has to answer anew.
    """
    assert callable(weaken)
    weaken(here)
    says_yes(here)
    sync(here)
    assert held(here) == [NEW]
    assert TAB in rekap(here).split("tidak dihitung")[0]
    with here.app() as app:
        set_up(app, here.workbook)
    sync(here)
    assert held(here) == [NEW]
    assert "tidak dihitung" not in rekap(here)
    assert "setuju" in row(here)[7]
    says_yes(here, typed="setuju")
    sync(here)
    assert held(here) == []


@pytest.mark.incident("yes-by-others")
def test_a_tab_of_the_same_looks_counts_nothing(here: Installation) -> None:
    """A false tab with the title, the heads and the codes of ours, and a yes, frees nobody."""
    values = tab(here).get_all_values()
    with people.opened_by(here.google, "pustakawan", here.workbook) as book:
        false = book.add_worksheet(f"{TAB} ", 20, 10)
        false.update([*values[:-1], [*(values[-1] + [""] * 7)[:6], "ya"]], "A1")
    sync(here)
    assert held(here) == [NEW]


@pytest.mark.incident("yes-by-others")
def test_a_yes_is_for_the_address_that_stood_there(here: Installation) -> None:
    """An address changed again, or taken out and written back, waits although an older yes stands on the tab."""
    says_yes(here)
    sync(here)
    approved = held(here)
    retype(here, NEW, "lain@x.example")
    sync(here)
    another = held(here)
    retype(here, "lain@x.example", NEW)
    sync(here)
    assert (approved, another, held(here)) == ([], ["lain@x.example"], [NEW])


def test_an_undisturbed_sync_writes_nothing(here: Installation) -> None:
    """With the tab in place a sync after which nothing changed costs the list, and no write."""
    sync(here)
    here.clock.now += timedelta(minutes=15)
    _, requests = here.sync()
    assert not [name for name in requests if "batchUpdate" in name]
