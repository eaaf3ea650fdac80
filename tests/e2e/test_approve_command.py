"""`approve`: the terminal's way of saying who may have mail, and of taking it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from installation import MONTH, Installation, installation

from sheets_sync.cli.group import run_cli
from sheets_sync.jobs.run import report_job
from sheets_sync.mail.ledger import DeliveryState

TANGKUM, NEW = "tangkum@example.org", "baru@example.org"
Command = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An office whose first report has gone out, after which a library got a second address."""
    with installation(tmp_path_factory.mktemp("office")) as fresh:
        fresh.configure("reports.yaml", letter=False, workbook=False)
        fresh.sync()
        with fresh.app() as app:
            report_job(app, fresh.office(app), MONTH)
        register = fresh.person().worksheet("Perpustakaan")
        cell = register.find(TANGKUM)
        assert cell is not None
        register.update_cell(cell.row, cell.col, f"{TANGKUM}, {NEW}")
        fresh.clock.now = fresh.clock.now.replace(month=12, day=6)
        fresh.sync()
        with fresh.app() as app:
            report_job(app, fresh.office(app), MONTH + 1)
        yield fresh


@pytest.fixture
def command(
    here: Installation, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Command]:
    """Runs `approve`, or another command; its exit status and what it answered."""
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)

    def run(*words: str, name: str = "approve") -> tuple[int, Any]:
        capsysbinary.readouterr()
        status = run_cli(["--config", str(here.place.config), "--now", "2024-12-06T09:00", "--json", name, *words])
        printed = capsysbinary.readouterr()
        return status, json.loads(printed.out) if status == 0 else printed.err.decode()

    yield run
    run("--withdraw", NEW)


def why_held(command: Command) -> dict[str, str | None]:
    return {each["address"]: each["held"] for each in command("--list")[1]["addresses"]}


def state(here: Installation) -> DeliveryState:
    """Where the new address's report stands."""
    with here.app() as app:
        return next(each.state for each in app.store.deliveries.of(period=MONTH + 1) if each.key.recipient == NEW)


def test_the_list_says_who_is_held_and_why(command: Command) -> None:
    """Everybody in the register is listed; the four of the first report are approved, the new one is held."""
    held = why_held(command)
    assert (held[TANGKUM], held[NEW], len(held)) == (None, "new", 5)


@pytest.mark.parametrize("words", [(NEW,), (NEW.upper(),), ("--all",)])
def test_an_approved_address_gets_what_waited(here: Installation, command: Command, words: tuple[str, ...]) -> None:
    """By name, in any case, or with all: the held report may go; withdrawn, it is held again."""
    before = state(here)
    status, answer = command(*words)
    freed = state(here)
    command("--withdraw", NEW)
    assert (status, [each["address"] for each in answer["changed"]]) == (0, [NEW])
    assert (before, freed, state(here)) == (DeliveryState.HELD, DeliveryState.PLANNED, DeliveryState.HELD)


def test_an_address_that_nobody_typed_is_told(command: Command) -> None:
    """What stands in no register can't be approved, and the answer says where to look."""
    status, said = command("tidak.ada@example.org")
    assert (status, "approve --list" in said) == (2, True)


@pytest.mark.parametrize("words", [(NEW, "--all"), ("--all", "--list"), (NEW, "--withdraw", TANGKUM)])
def test_one_thing_at_a_time(command: Command, words: tuple[str, ...]) -> None:
    """Options that contradict each other change nothing."""
    assert command(*words)[0] == 2
    assert why_held(command)[NEW] == "new"


def test_what_is_asked_is_answered_as_in_the_sheet(here: Installation, command: Command) -> None:
    """`decide` lists every open question; yes lets the held mail go, no holds it again, clear takes an answer back."""
    asked = command(name="decide")[1]["decisions"]
    address = next(each["id"] for each in asked if each["kind"] == "address")
    status, said = command(address, "yes", name="decide")
    freed = state(here)
    command(address, "no", name="decide")
    assert (status, said["answer"], freed, state(here)) == (0, True, DeliveryState.PLANNED, DeliveryState.HELD)
    closing = next(each["id"] for each in asked if each["kind"] == "close")
    answers = [command(closing, word, name="decide")[1]["answer"] for word in ("yes", "clear")]
    again = next(each for each in command(name="decide")[1]["decisions"] if each["id"] == closing)
    assert (answers, again["answer"], again["by"]) == ([True, None], None, "terminal")


@pytest.mark.parametrize("words", [("D-00000000", "yes"), ("D-00000000",), ("D-00000000", "maybe")])
def test_what_nobody_asked_is_told(command: Command, words: tuple[str, ...]) -> None:
    """An unknown question, one without an answer, or a word that is none: nothing is decided."""
    assert command(*words, name="decide")[0] == 2


def test_settling_a_held_mail_approves_its_address(here: Installation, command: Command) -> None:
    """`deliveries settle ID again` is a word for the address, too: the next report is not held."""
    with here.app() as app:
        line = next(each for each in app.store.deliveries.of(period=MONTH + 1) if each.key.recipient == NEW)
    config = ["--config", str(here.place.config)]
    assert run_cli([*config, "deliveries", "settle", line.id, "again"]) == 0
    freed = state(here)
    assert freed is DeliveryState.PLANNED
