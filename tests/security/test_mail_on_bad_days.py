"""A mail server that is away for days, and what a person settles afterwards in one command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory_ledger import MemoryLedger
from places import CONFIG

from sheets_sync.cli.group import run_cli
from sheets_sync.errors import MailServerError
from sheets_sync.mail.deliver import mail_due
from sheets_sync.mail.ledger import DeliveryKey, DeliveryState, Planned
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.smtp import Result
from sheets_sync.model import Period, msg
from sheets_sync.store import Store

START = datetime(2024, 11, 6, 8, tzinfo=UTC)
OCTOBER = Period(2024, 10)
S = DeliveryState


@dataclass
class Server:
    """A mail server that puts everything off, or is not there at all, until a moment."""

    well_from: timedelta
    now: datetime = START
    there: bool = True
    tried: int = 0

    def open(self) -> None:
        if not self.there and self.now - START < self.well_from:
            raise MailServerError(msg("away"))

    def send(self, recipient: str, message: bytes, sender: str = "") -> Result:
        del recipient, message, sender
        self.tried += 1
        well = self.now - START >= self.well_from
        return Result(S.SENT, "250 OK") if well else Result(S.DEFERRED, "451 try later")


def after(server: Server, days: float, **options: object) -> DeliveryState:
    """What has become of a delivery after so many days with a round every five minutes."""
    made, key = MemoryLedger(), DeliveryKey("o", "library", OCTOBER, "t", "ibu@example.org")
    made.plan([Planned(key, b"x")], START)
    while server.now <= START + timedelta(days=days):
        mail_due(made, server, MailOptions.model_validate(options), lambda: server.now)
        server.now += timedelta(minutes=5)
    return made.deliveries[key.id].state


@pytest.mark.incident("mail-4xx")
@pytest.mark.parametrize(
    ("refuses_for_days", "becomes"),
    [(0.01, S.SENT), (1, S.SENT), (3, S.SENT), (4.4, S.SENT), (30, S.REFUSED)],
)
def test_what_is_put_off_is_tried_for_days(refuses_for_days: float, becomes: DeliveryState) -> None:
    """Temporary refusals of an hour, a day or four cost no report; only after five days is it given up."""
    assert after(Server(timedelta(days=refuses_for_days)), refuses_for_days + 1) is becomes


@pytest.mark.incident("mail-4xx")
def test_pauses_grow_and_the_server_is_not_pestered() -> None:
    """In five days of refusals a message is tried fewer than twenty times, and still waits on the fourth day."""
    server = Server(timedelta(days=30))
    assert after(server, 4) is S.DEFERRED
    assert server.tried < 20


@pytest.mark.incident("mail-away")
def test_a_server_that_is_not_there_costs_no_try() -> None:
    """Nothing is given up because the server could not be reached, for however long."""
    assert after(Server(timedelta(days=20), there=False), 21) is S.SENT


def test_how_long_is_a_setting() -> None:
    """An office that wants to know sooner says so in mail.yaml."""
    assert after(Server(timedelta(days=30)), 1.5, give_up_days=1) is S.REFUSED


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with October's deliveries in every state, and one of September that was refused."""
    monkeypatch.setenv("SHEETS_SYNC_STORE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    opened = Store(f"sqlite:///{tmp_path}/store.sqlite3")
    for period, names in ((OCTOBER, [state.value for state in S]), (OCTOBER - 1, ["earlier"])):
        opened.deliveries.plan([planned(name, period) for name in names], START)
        for name in names:
            state = S.REFUSED if name == "earlier" else S(name)
            opened.deliveries.resolve(planned(name, period).key.id, state, "451 later", START)
    yield opened
    opened.close()


def planned(name: str, period: Period = OCTOBER, message: bytes = b"message") -> Planned:
    return Planned(DeliveryKey("barito-timur", "library", period, "t", f"{name}@example.org"), message)


def states(store: Store) -> dict[str, str]:
    """What became of each, by the name in its address."""
    return {line.key.recipient.partition("@")[0]: line.state.value for line in store.deliveries.of()}


def settle(*words: str) -> int:
    return run_cli(["--config", str(CONFIG), "--json", "deliveries", "settle", *words])


@pytest.mark.incident("given-up")
@pytest.mark.parametrize(("decision", "becomes"), [("again", "planned"), ("sent", "sent")])
def test_one_command_settles_a_month(
    store: Store, capsys: pytest.CaptureFixture[str], decision: str, becomes: str
) -> None:
    """What was given up or is unknown of the month is settled; what is held, waits, was sent or is another month's stays."""
    before = states(store)
    assert settle("--period", "2024-10", decision) == 0
    assert states(store) == {**before, "refused": becomes, "unknown": becomes}
    assert len(json.loads(capsys.readouterr().out)) == 2


@pytest.mark.incident("given-up")
def test_what_is_sent_again_has_all_its_tries_before_it(store: Store) -> None:
    """Tries that failed last week don't count against a message that a person sends again."""
    delivery = planned("planned").key.id
    for _ in range(30):
        store.deliveries.claim(delivery, START)
        store.deliveries.resolve(delivery, S.DEFERRED, "451", START)
    store.deliveries.resolve(delivery, S.REFUSED, "451", START)
    settle(delivery, "again")
    line = store.deliveries.find(delivery)
    assert line is not None
    assert (line.state, line.tries) == (S.PLANNED, 0)


def test_some_are_settled_by_their_ids(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Several ids may be named at once; if one of them waits for nobody, or is nobody's any more, nothing is settled."""
    refused, held, unknown, sent = (planned(name).key.id for name in ("refused", "held", "unknown", "sent"))
    before = states(store)
    assert (settle(refused, sent, "again"), states(store)) == (2, before)
    assert (settle(refused, held, "again"), states(store)) == (2, before)
    assert settle(refused, unknown, "again") == 0
    assert states(store) == {**before, "refused": "planned", "unknown": "planned"}
    assert capsys.readouterr().err != ""


@pytest.mark.parametrize(
    "words", [["again"], ["sent"], ["--period", "2024-10", "ID", "again"], ["--period", "kemarin", "again"]]
)
def test_it_is_clear_what_is_meant(store: Store, words: list[str]) -> None:
    """Neither nothing nor two things at once is settled."""
    before = states(store)
    assert (settle(*words), states(store)) == (2, before)


def test_a_message_that_is_no_longer_kept_is_not_sent_empty(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """After its retention a message can't be sent again: the command says how to make a new version."""
    store.deliveries.drop_messages(START + timedelta(days=1))
    before = states(store)
    assert (settle("--period", "2024-10", "again"), states(store)) == (2, before)
    assert "--resend" in capsys.readouterr().err
    store.deliveries.resolve(planned("sent").key.id, S.PLANNED, "", START)
    assert store.deliveries.claim(planned("sent").key.id, START) is None
