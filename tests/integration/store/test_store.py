"""The store, on SQLite and, where a server is at hand, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

import pytest
import sqlalchemy
from places import CONFIG, ROOT

from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.google import Seen
from sheets_sync.kpi.scheme import Scheme, read_scheme
from sheets_sync.mail.ledger import DeliveryKey, DeliveryState, Planned
from sheets_sync.model import CellRef, Finding, Library, Observation, Period, Severity, State, msg
from sheets_sync.model.decision import Decision, DecisionKind, DecisionRecord
from sheets_sync.model.mark import ReportMark
from sheets_sync.model.tab_state import TabState
from sheets_sync.reports.seal import Seal, SealedFile
from sheets_sync.reports.spool import Spool
from sheets_sync.store import KnownTab, Memory, PageState, Stood, Store, Transaction, Untouched, WorkbookReading
from sheets_sync.store.carry import carry_over
from sheets_sync.store.engine import HEAD, open_engine
from sheets_sync.store.ledger import CLAIM_HOLDS, StoredLedger
from sheets_sync.store.observations import month_of, said_in
from sheets_sync.store.tables import metadata, observations

NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)
OCTOBER = Period(2024, 10)
DUE = {OCTOBER: NOON + timedelta(days=3)}


def seen(element: str = "loans", value: float | None = 12, row: int = 4, state: State = State.REPORTED) -> Observation:
    typed = "" if value is None else f"{value:g}"
    return Observation("T", element, OCTOBER, state, value, CellRef("book", 7, "Tangkum", row, 2), typed)


def reading(*what: Observation, findings: tuple[Finding, ...] = (), reasons: Mapping[str, str] = {}) -> WorkbookReading:
    return WorkbookReading("book", "Buku", "in_ID", "7", "f", True, what, findings, reasons, (), {}, ())


def record(store: Store, *what: Observation, at: datetime = NOON) -> None:
    with store.transaction("o", at) as tx:
        tx.was_read(reading(*what))


def scheme() -> Scheme:
    return read_scheme(CONFIG / "schemes" / "tpbis.yaml", read_yaml(CONFIG / "elements.yaml", Elements).elements)


def history(store: Store) -> list[tuple[float | None, int, datetime, datetime | None]]:
    """Everything ever seen, the oldest first: the value, its row, when it came and went."""
    columns = [*said_in(observations), observations.c.gone_at]
    with store._engine.connect() as connection:
        rows = [(month_of(said), gone) for *said, gone in connection.execute(sqlalchemy.select(*columns))]
    seen = [(each, since, gone) for month, gone in rows for each, since in zip(month.figures, month.since, strict=True)]
    return sorted(((each.value, each.cell.row, since, gone) for each, since, gone in seen), key=itemgetter(2))


def test_the_tables_are_those_of_the_migrations(store: Store) -> None:
    """The migrations build exactly the tables the program uses."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, metadata)
        revision = context.get_current_revision()
    assert (differences, revision) == ([], HEAD)


def test_observations_come_back_as_they_were_read(store: Store) -> None:
    """What was recorded is read back equal."""
    what = (seen("loans", 12), seen("visits_onsite", 0, state=State.ZERO), seen("activities", None, state=State.EMPTY))
    record(store, *what)
    assert store.load("o", OCTOBER).observations == what


def test_the_same_reading_changes_nothing(store: Store) -> None:
    """A second reading of the same figures keeps their first-seen time."""
    record(store, seen())
    record(store, seen(), at=NOON + timedelta(days=1))
    assert store.load("o", OCTOBER, DUE).answers == {("T", OCTOBER): {"loans": NOON}}
    assert history(store) == [(12, 4, NOON, None)]


def test_a_moved_row_is_no_change(store: Store) -> None:
    """A figure whose row moved keeps its history and gets its new cell."""
    record(store, seen(row=4))
    record(store, seen(row=9), at=NOON + timedelta(days=1))
    assert history(store) == [(12, 9, NOON, None)]


def test_a_changed_figure_keeps_what_it_said_before(store: Store) -> None:
    """A corrected figure stands beside the one before, with when each was seen."""
    later = NOON + timedelta(days=1)
    record(store, seen(value=12))
    record(store, seen(value=21), at=later)
    assert history(store) == [(12, 4, NOON, later), (21, 4, later, None)]


@pytest.mark.parametrize("state", [State.EMPTY, State.UNREADABLE])
def test_what_is_no_answer_is_not_there(store: Store, state: State) -> None:
    """Neither an empty cell nor what can't be read is an answer."""
    record(store, seen(value=None, state=state))
    assert store.load("o", OCTOBER, DUE).answers == {}


@pytest.mark.parametrize(
    ("taken_back", "typed_again", "since"),
    [
        pytest.param(1, 9, 9, id="not there at the due moment"),
        pytest.param(5, 9, 0, id="there at the due moment, corrected since"),
        pytest.param(1, 1, 1, id="corrected before the due moment"),
    ],
)
def test_an_answer_counts_from_when_it_stood_at_its_due_moment(
    store: Store, taken_back: int, typed_again: int, since: int
) -> None:
    """What was taken back before the month was due and typed again later came later; days after the first."""
    record(store, seen(value=12))
    if taken_back < typed_again:
        record(store, at=NOON + timedelta(days=taken_back))
    record(store, seen(value=21), at=NOON + timedelta(days=typed_again))
    assert store.load("o", OCTOBER, DUE).answers == {("T", OCTOBER): {"loans": NOON + timedelta(days=since)}}


def test_findings_come_and_go(store: Store) -> None:
    """A finding is open until a reading no longer gives it."""
    params = {"typed": "sekitar 20", "month": OCTOBER, "day": NOON.date(), "inner": msg("month"), "places": ["a", "b"]}
    cell = CellRef("book", 7, "Tangkum", 4, 2)
    finding = Finding("F01", Severity.FATAL, msg("{typed}?", **params), "T", "loans", OCTOBER, (cell,), "sekitar 20")
    with store.transaction("o", NOON) as tx:
        tx.was_read(reading(findings=(finding,)))
    found = store.load("o", OCTOBER).findings
    record(store)
    assert (found, store.load("o", OCTOBER).findings) == ((finding,), ())


def test_reasons_are_remembered_until_replaced(store: Store) -> None:
    """A reason stays when its cell is emptied and changes when another one is given."""
    for given in ({"E1": "libur panjang"}, {"E1": ""}, {}):
        with store.transaction("o", NOON) as tx:
            tx.was_read(reading(reasons=given))
    kept = store.load("o", OCTOBER).reasons
    with store.transaction("o", NOON) as tx:
        tx.was_read(reading(reasons={"E1": "pindah gedung"}))
    assert (kept, store.load("o", OCTOBER).reasons) == ({"E1": "libur panjang"}, {"E1": "pindah gedung"})


def test_a_library_that_leaves_the_register_is_inactive_not_deleted(store: Store) -> None:
    """A removed row makes a library inactive; when it comes back it is the same library, known since it first came."""
    tangkum, pangkan = Library("T", "Tangkum"), Library("P", "Pangkan")
    known = []
    for days, libraries in enumerate([(tangkum, pangkan), (tangkum,), (tangkum, pangkan)]):
        with store.transaction("o", NOON + timedelta(days=days)) as tx:
            tx.register_was_read("book", libraries, ())
        known.append(store.load("o", OCTOBER).libraries)
    assert known == [(tangkum, pangkan), (tangkum,), (tangkum, pangkan)]
    assert store.load("o", OCTOBER).added == {"T": NOON, "P": NOON}


def test_a_workbook_is_remembered_event_by_event(store: Store) -> None:
    """Read, written, failed, own write seen, read again, answered: each leaves what the next run decides by, and no more."""
    layout = (TabState(5, "Rekap", 9, 4, (("Rekap", "1"), ()), (1,), ("sheets-sync: rekap",), ("t",), ("=A1",)),)
    later = NOON + timedelta(hours=1)
    record(store, seen())
    with store.transaction("o", later) as tx:
        tx.was_written("book", {"rekap": "h"}, later, layout, {"rekap": 5}, again=False)
        tx.own_write_seen("book", "8")
    written = store.load("o", OCTOBER)
    with store.transaction("o", later) as tx:
        tx.failed("book", msg("away"))
        tx.read_again("book")
    failed = store.workbooks("o")["book"]
    record(store, seen(), at=later)
    read = store.workbooks("o")["book"]
    with store.transaction("o", later) as tx:
        tx.need_no_more(["book"])
    answered = store.workbooks("o")["book"]
    assert (written.layouts, written.pages) == ({"book": layout}, {"rekap": "h"})
    assert written.workbooks["book"].seen == Seen("8", dirty=False, wrote_until=later)
    assert (failed.seen, failed.problem) == (Seen(None, dirty=True, wrote_until=later), msg("away"))
    assert (failed.read_at, failed.changed_at) == (NOON, NOON)
    assert (read.seen, read.problem, read.read_at) == (Seen("7", dirty=True, wrote_until=None), None, later)
    assert answered.seen == Seen("7", dirty=False, wrote_until=None)


def test_a_unit_of_work_is_saved_whole_or_not_at_all(store: Store) -> None:
    """What fails in the middle leaves nothing of what was noted before it."""
    with suppress(RuntimeError), store.transaction("o", NOON) as tx:
        tx.was_read(reading(seen()))
        raise RuntimeError("power cut")
    assert store.load("o", OCTOBER) == Memory(OCTOBER)


def test_the_revision_tells_whether_anything_was_recorded(store: Store) -> None:
    """Each read, whatever it said, a reason, a failure, an answer and news of the mail are another revision; Drive's new version is none."""
    revisions = [store.glance("o").revision]

    def after(*notes: Callable[[Transaction], object]) -> None:
        with store.transaction("o", NOON + timedelta(minutes=len(revisions))) as tx:
            for note in notes:
                note(tx)
        revisions.append(store.glance("o").revision)

    after(lambda tx: tx.was_read(reading(seen())))
    after(lambda tx: tx.was_read(reading(seen(value=13))))
    after(lambda tx: tx.was_computed((), (), {"E1": "libur"}))
    after(
        lambda tx: tx.register_was_read("book", [Library("T", "Tangkum")], ()), lambda tx: tx.was_read(reading(seen()))
    )
    after(lambda tx: tx.failed("book", msg("away")))
    after(lambda tx: tx.answered(DecisionRecord("d", DecisionKind.GONE, NOON, said=True)))
    store.notices.mail_down(msg("no mail gets through"))
    after()
    store.notices.mail_down(msg("still none"))
    after()
    assert len(set(revisions)) == len(revisions)
    after(lambda tx: tx.own_write_seen("book", "9"))
    after(lambda tx: tx.are_fresh(["book"]))
    assert revisions[-1] == revisions[-2] == revisions[-3]


TANGKUM, WITH_MAIL = Library("T", "Tangkum"), Library("T", "Tangkum", emails=("tangkum@example.org",))
ODD = Finding("F01", Severity.FATAL, msg("odd"), "T", "loans", OCTOBER)


def waits(tx: Transaction) -> None:
    tx.is_looked_after()
    tx.told("waits")


EVENTS: Mapping[str, Callable[[Transaction], object]] = {
    "the register": lambda tx: tx.register_was_read("book", [WITH_MAIL], ()),
    "nobody in the register": lambda tx: tx.register_was_read("book", [], ()),
    "the same register": lambda tx: tx.register_was_read("book", [TANGKUM], ()),
    "the same register, asked about": lambda tx: tx.register_was_read("book", [TANGKUM], (ODD,)),
    "figures": lambda tx: tx.was_read(reading(seen(value=13))),
    "another workbook": lambda tx: tx.was_read(replace(reading(), workbook="other")),
    "a finding": lambda tx: tx.was_read(reading(findings=(ODD,))),
    "a reason": lambda tx: tx.was_read(reading(reasons={"E1": "libur"})),
    "a reason for a check": lambda tx: tx.was_computed((), (), {"E1": "libur"}),
    "a failure": lambda tx: tx.failed("book", msg("away")),
    "an approval": lambda tx: tx.approve({"any"}, "sheet"),
    "a problem of approvals": lambda tx: tx.approvals_were_read(msg("open to all")),
    "a question": lambda tx: tx.were_asked([Decision("q", DecisionKind.RELEASE, "", "?", NOON, msg("it goes"))]),
    "an answer": lambda tx: tx.answered(DecisionRecord("d", DecisionKind.GONE, NOON, said=True)),
    "the office": lambda tx: tx.is_looked_after(),
    "lost reports": lambda tx: tx.went_on([ReportMark("lost reports", "s", OCTOBER, 1)]),
    "a hindrance": waits,
    "a seal": lambda tx: tx.sealed(Seal("a seal", OCTOBER, 1, "s", NOON, (), ()), scheme()),
}


def test_what_need_not_be_loaded_again_stands(store: Store) -> None:
    """Whatever happens: loaded again, or only as far as it may have changed, all that is remembered is the same."""
    later, unlike = NOON + timedelta(hours=1), list[str]()
    for office, happens in EVENTS.items():
        with store.transaction(office, NOON) as tx:
            tx.register_was_read("book", [TANGKUM], ())
            tx.was_read(reading(seen()))
        before = store.before_reading(office, OCTOBER)
        with store.transaction(office, NOON + timedelta(minutes=1)) as tx:
            happens(tx)
        stood = Stood(besides=None if tx.changed_besides else before.besides)
        whole = store.load(office, OCTOBER, DUE), store.reporting(office, later)
        if store.load_with_reporting(office, OCTOBER, DUE, stood, later) != whole:
            unlike.append(office)
    assert unlike == []


def test_a_change_of_figures_alone_leaves_the_rest_standing(store: Store) -> None:
    """What no workbook says need not be loaded again after most readings."""
    for value in (12, 13):
        with store.transaction("o", NOON + timedelta(minutes=value)) as tx:
            tx.register_was_read("book", [TANGKUM], ())
            tx.was_read(reading(seen(value=value), findings=(ODD,)[: value - 12]))
    assert not tx.changed_besides


def test_many_offices_together_are_what_each_is_by_itself(store: Store) -> None:
    """Nothing of one office is told of another; only one that has figures has begun, one never read has no workbook."""
    other = replace(reading(seen()._replace(period=Period(2019, 1))), workbook="theirs")
    for office, each in {"o": reading(seen()), "other": other}.items():
        with store.transaction(office, NOON) as tx:
            tx.was_read(each)
            tx.answered(DecisionRecord(f"of {office}", DecisionKind.RELEASE, NOON, period=OCTOBER, said=True))
    later, books = NOON + timedelta(hours=1), {"o": ("book",), "empty": (), "other": ("theirs",)}
    seen_to = {office: Untouched((), dict.fromkeys(names, "8")) for office, names in books.items()}
    together = store.nobody_touched(seen_to, later)
    wanted = {"o": (NOON,), "empty": (later,), "other": ()}
    assert together == {office: store.reporting(office, later) for office in books}
    assert store.glances(wanted) == {office: store.glance(office, since) for office, since in wanted.items()}
    for office, known in together.items():
        assert {name: (book.seen.version, book.fresh_at) for name, book in known.workbooks.items()} == dict.fromkeys(
            books[office], ("8", later)
        )
    assert {office: known.begun for office, known in together.items() if known.begun} == {"o": {OCTOBER}}
    assert len({known.store for known in together.values()}) == len(together)
    assert [each.id for known in together.values() for each in known.decisions] == ["of o", "of other"]


def test_once_somebody_is_forgotten_every_page_is_made_anew(store: Store) -> None:
    """No page goes on naming them because nothing else has changed; a rehearsal changes nothing."""
    with store.transaction("o", NOON) as tx:
        tx.pages_stand(PageState("digest", {}))
    known = []
    for dry_run in (True, False):
        store.forget("a@example.org", NOON, dry_run=dry_run)
        known.append(store.glance("o").page_state)
    assert known == [PageState("digest", {}), None]


def test_the_first_looks_are_found_in_one_go(store: Store) -> None:
    """For each moment, when the first good run that started since then ended; none for those nobody looked after."""
    for minutes, status in ((0, 0), (10, 3), (20, 0)):
        run = store.runs.start("sync", NOON + timedelta(minutes=minutes))
        store.runs.finish(run, NOON + timedelta(minutes=minutes + 1), status, {})
    moments = [NOON + timedelta(minutes=minutes) for minutes in (-5, 0, 1, 10, 21)]
    looks = store.glance("o", moments).first_looks
    ends = [NOON + timedelta(minutes=minutes) for minutes in (1, 1, 21, 21)]
    assert looks == dict(zip(moments, ends, strict=False))


def planned(recipient: str = "a@example.org", priority: int = 0) -> Planned:
    return Planned(DeliveryKey("o", "library", OCTOBER, "T", recipient), b"message", priority)


def test_a_delivery_is_planned_once(store: Store) -> None:
    """Planning the same delivery again adds nothing."""
    assert [store.deliveries.plan([planned()], NOON), store.deliveries.plan([planned()], NOON)] == [1, 0]


def test_a_delivery_is_claimed_once(store: Store) -> None:
    """Only the first claim of a delivery gets its message."""
    store.deliveries.plan([planned()], NOON)
    key = planned().key.id
    assert [store.deliveries.claim(key, NOON), store.deliveries.claim(key, NOON)] == [b"message", None]


def test_a_claim_left_behind_is_doubted_and_not_due(store: Store) -> None:
    """A claim found after a crash is unknown, and is not sent again by itself."""
    store.deliveries.plan([planned()], NOON)
    store.deliveries.claim(planned().key.id, NOON)
    [doubted] = store.deliveries.mark_claims_unknown(NOON)
    assert (doubted.state, store.deliveries.due(NOON)) == (DeliveryState.UNKNOWN, [])


@pytest.mark.incident("clock-wrong")
def test_what_a_wrong_clock_has_put_off_is_due(store: Store) -> None:
    """Put off while the clock was a year ahead, a mail is tried as soon as the clock is right, and not in a year."""
    store.deliveries.plan([planned()], NOON)
    ahead = NOON + timedelta(days=365)
    store.deliveries.claim(planned().key.id, ahead)
    later = ahead + timedelta(minutes=5)
    store.deliveries.resolve(planned().key.id, DeliveryState.DEFERRED, "451 later", ahead, later)
    assert [len(store.deliveries.due(moment)) for moment in (NOON, ahead, later)] == [1, 0, 1]


@pytest.mark.parametrize("became", [DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.UNKNOWN])
def test_what_is_on_its_way_is_not_judged(store: Store, became: DeliveryState) -> None:
    """A mail that was claimed while a sync looked at who may have it is neither held nor let go a second time."""
    store.deliveries.plan([planned()], NOON)
    [seen] = store.deliveries.waiting(planned().key.office)
    store.deliveries.claim(seen.id, NOON)
    store.deliveries.resolve(seen.id, became, "250 OK", NOON)
    store.deliveries.judge(seen, DeliveryState.HELD, NOON)
    store.deliveries.judge(replace(seen, state=DeliveryState.HELD), DeliveryState.PLANNED, NOON)
    [line] = store.deliveries.of()
    assert (line.state, line.said) == (became, "250 OK")


def test_the_most_important_deliveries_come_first(store: Store) -> None:
    """Due deliveries are ordered by priority; those put off wait for their time."""
    late, first, waiting = planned("b@example.org", 5), planned("a@example.org", 1), planned("c@example.org")
    store.deliveries.plan([late, first, waiting], NOON)
    store.deliveries.claim(waiting.key.id, NOON)
    soon = NOON + timedelta(hours=1)
    store.deliveries.resolve(waiting.key.id, DeliveryState.DEFERRED, "451 later", NOON, soon)
    now = [delivery.key.recipient for delivery in store.deliveries.due(NOON)]
    then = [delivery.key.recipient for delivery in store.deliveries.due(soon)]
    assert (now, then[0]) == (["a@example.org", "b@example.org"], "c@example.org")


def test_claims_of_a_day_are_counted(store: Store) -> None:
    """The allowance counts what was claimed since a moment."""
    store.deliveries.plan([planned()], NOON)
    store.deliveries.claim(planned().key.id, NOON)
    day = timedelta(days=1)
    assert store.deliveries.claimed_between(NOON - day, NOON) == 1
    assert store.deliveries.claimed_between(NOON, NOON + day) == 0
    assert store.deliveries.claimed_between(NOON - 2 * day, NOON - day) == 0  # noted by a clock that was ahead


def test_runs_are_noted(store: Store) -> None:
    """A run that never ended has no status; a good one is found by its start, and tells when it ended."""
    store.runs.start("sync", NOON)
    good = store.runs.start("sync", NOON + timedelta(minutes=5))
    store.runs.finish(good, NOON + timedelta(minutes=6), 0, {"read": ["book"]})
    last = store.runs.last("sync")
    assert last is not None
    assert (last.status, last.detail) == (0, {"read": ["book"]})
    assert store.glance("office", [NOON]).first_looks[NOON] == NOON + timedelta(minutes=6)
    assert [run.status for run in store.runs.recent("sync", 5)] == [0, None]


def test_an_office_that_reported_before_keeps_whom_it_mailed(tmp_path: Path) -> None:
    """With 0008 an address that had mail and stands in the register is approved; one that was held, or is gone, is not."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, text

    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    engine, config = create_engine(url), Config()
    config.set_main_option("script_location", str(ROOT / "sheets_sync" / "store" / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        library = '{"code": "t", "name": "Tangkum", "tab": "", "emails": ["T@x.org", "baru@x.org"]}'
        connection.execute(
            text("INSERT INTO libraries (office, code, position, library) VALUES ('o', 't', 0, :library)"),
            {"library": library},
        )
        for number, (to, state) in enumerate([("t@x.org", "refused"), ("baru@x.org", "held"), ("pergi@x.org", "sent")]):
            connection.execute(
                text(
                    "INSERT INTO deliveries (id, office, report, period, about, recipient, version, priority, state, tries,"
                    " said, message, planned_at, changed_at) VALUES (:id, 'o', 'library', 24297, 't', :to, 1, 1, :state,"
                    " 1, '', x'', '2024-11-06', '2024-11-06')"
                ),
                {"id": str(number), "to": to, "state": state},
            )
    engine.dispose()
    with closing(Store(url)) as store:
        known = {each.address: each.approved_at is not None for each in store.approvals("o").known}
        identity = {each.library for each in store.approvals("o").known}
    assert (known, identity) == ({"t@x.org": True, "baru@x.org": False}, {"=t"})


def test_a_restored_store_lets_nobody_back_in(tmp_path: Path) -> None:
    """Who was approved when the backup was made, and no more when it is restored, is held."""
    library = Library("t", "Tangkum", emails=("ibu@x.org",))
    urls = [f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("kept", "now")]
    for url in urls:
        with closing(Store(url)) as store:
            with store.transaction("o", NOON) as tx:
                tx.register_was_read("book", [library], [])
            with store.transaction("o", NOON) as tx:
                tx.approve({known.id for known in store.approvals("o").known}, "first report")
                tx.sealed(Seal("o", OCTOBER, 1, "s", NOON, (), ()), scheme())
    kept, now = map(Store, urls)
    with now.transaction("o", NOON + timedelta(days=1)) as tx:
        tx.withdraw({known.id for known in now.approvals("o").known}, "withdrawn")
    before = [known.approved_at for known in kept.approvals("o").known]
    carry_over(open_engine(urls[1]), open_engine(urls[0]), NOON + timedelta(days=2))
    assert (before, [known.approved_at for known in kept.approvals("o").known]) == ([NOON], [None])
    kept.close()
    now.close()


INSTEAD = {  # an address each reading of the register finds, and which it stands in place of in the end
    "nobody stood there": ([["b@x"]], {"b@x": ""}),
    "changed": ([["a@x"], ["b@x"]], {"b@x": "a@x"}),
    "changed twice": ([["a@x"], ["b@x"], ["c@x"]], {"c@x": "b@x"}),
    "and back": ([["a@x"], ["b@x"], ["a@x"]], {"a@x": "b@x"}),
    "one more": ([["a@x"], ["a@x", "b@x"]], {"a@x": "", "b@x": ""}),
    "one fewer": ([["a@x", "b@x"], ["a@x"]], {"a@x": ""}),
    "two for one": ([["a@x"], ["b@x", "c@x"]], {"b@x": "a@x", "c@x": "a@x"}),
    "one for two": ([["a@x", "b@x"], ["c@x"]], {"c@x": "a@x"}),
    "written in capitals": ([["a@x"], ["A@X"]], {"a@x": ""}),
}


@pytest.mark.parametrize(("readings", "instead"), INSTEAD.values(), ids=INSTEAD.keys())
def test_an_address_is_known_with_the_one_it_came_for(
    store: Store, readings: list[list[str]], instead: dict[str, str]
) -> None:
    """Whoever approves an address is told which one left the library's row as it came."""
    for day, addresses in enumerate(readings):
        emails = tuple(f"{address}.org" for address in addresses)
        with store.transaction("o", NOON + timedelta(days=day)) as tx:
            tx.register_was_read("book", [Library("t", "Tangkum", emails=emails)], [])
    known = {each.address: each.instead_of for each in store.approvals("o").known}
    assert known == {f"{new}.org": old and f"{old}.org" for new, old in instead.items()}


def test_what_a_cell_says_now_stands_once(store: Store) -> None:
    """Two programs that write the same at once: the second is refused, whatever each of them had read before."""
    record(store, seen())
    with store._engine.connect() as connection:
        row = connection.execute(sqlalchemy.select(observations)).mappings().one()
    again = {name: value for name, value in row.items() if name != "id"}
    with store._engine.connect() as connection, pytest.raises(sqlalchemy.exc.IntegrityError):
        connection.execute(observations.insert(), again)
    with store._engine.begin() as connection:
        connection.execute(observations.insert(), {**again, "gone_at": NOON})  # history may say it again and again


def test_a_figure_that_a_workbook_says_twice_stands_twice(store: Store) -> None:
    """Also where one of them stands on a tab that is lost, and stays while the others come and go."""
    elsewhere = seen(value=5)._replace(cell=CellRef("book", 8, "Lain", 4, 2))
    lost = {8: KnownTab("Lain", "T", last_read=NOON)}
    record(store, seen(row=4), seen(row=5), elsewhere)
    with store.transaction("o", NOON) as tx:
        tx.was_read(replace(reading(seen(value=13), seen(value=14, row=5)), tabs=lost))
    with store.transaction("o", NOON) as tx:
        tx.was_read(replace(reading(seen(value=15)), tabs=lost))
    assert sorted(each.value or 0 for each in store.load("o", OCTOBER).observations) == [5, 15]


def test_another_machine_s_claim_holds_for_a_while(store: Store) -> None:
    """A claim is doubted at once where it was made, elsewhere only after as long as handing over can take."""
    key = DeliveryKey("o", "office", OCTOBER, "", "kepala@example.org")
    here, there = (StoredLedger(store._engine, name) for name in ("here", "there"))
    here.plan([Planned(key, b"mail")], NOON)
    here.claim(key.id, NOON)
    assert there.mark_claims_unknown(NOON + CLAIM_HOLDS) == []
    assert [line.id for line in there.mark_claims_unknown(NOON + CLAIM_HOLDS + timedelta(seconds=1))] == [key.id]
    here.resolve(key.id, DeliveryState.PLANNED, "", NOON)
    here.claim(key.id, NOON)
    assert [line.id for line in here.mark_claims_unknown(NOON)] == [key.id]
    here.resolve(key.id, DeliveryState.PLANNED, "", NOON)
    here.claim(key.id, NOON + timedelta(days=365))
    assert [line.id for line in there.mark_claims_unknown(NOON)] == [key.id]  # its clock was a year ahead


def test_what_is_put_by_is_sealed_and_sent_as_it_was(store: Store, tmp_path: Path) -> None:
    """Files and messages that lie on the disk, one of them larger than is saved at once, come out byte for byte."""
    content = bytes(range(256)) * 20_000
    keys = [
        DeliveryKey("o", report, OCTOBER, "", "kepala@example.org") for report in ("office", "office.2", "office.3")
    ]
    with Spool(tmp_path) as spool, store.transaction("o", NOON) as tx:
        files = [SealedFile(name, spool.keep(content + name.encode())) for name in ("surat.pdf", "jilid-1.pdf")]
        tx.sealed(Seal("o", OCTOBER, 1, "s", NOON, (), tuple(files)), scheme())
        assert tx.plan([Planned(key, spool.keep(content + key.id.encode())) for key in keys]) == 3
    sealed = store.latest_seal("o", OCTOBER)
    assert sealed is not None
    assert {each.name: each.content for each in sealed.files} == {
        "surat.pdf": content + b"surat.pdf",
        "jilid-1.pdf": content + b"jilid-1.pdf",
    }
    assert [store.deliveries.claim(key.id, NOON) for key in keys] == [content + key.id.encode() for key in keys]


def test_a_workbook_is_as_fresh_as_its_own_office_knows(store: Store) -> None:
    """One that another office had before, as after a new code in office.yaml, is not waited for nor counted there."""
    later = NOON + timedelta(days=2)
    for office, workbook, at in (("before", "book", NOON), ("now", "book", later), ("now", "other", None)):
        with store.transaction(office, at or NOON) as tx:
            tx.read_again(workbook)
            if at is not None:
                tx.are_fresh((workbook,))
    assert {name: each.fresh_at for name, each in store.freshness(["now"]).items()} == {"book": later, "other": None}
    assert store.freshness(["before"])["book"].fresh_at == NOON
    assert store.freshness([]) == {}
