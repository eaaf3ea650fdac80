"""A person can be forgotten, and the text of old mails goes by itself; what the office reported stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st
from installation import MONTH, Installation, installation
from ready_store import rows_of_all
from snapshot import Kept
from sqlalchemy import JSON, LargeBinary, String, select

from sheets_sync.cli.group import run_cli
from sheets_sync.errors import UsageError
from sheets_sync.jobs.forget import forget_job
from sheets_sync.jobs.run import report_job, sync_job
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Library
from sheets_sync.store import Store, findings, forget, report_tables, tables

OFFICE, NOON = "barito-timur", datetime(2024, 11, 5, 12, tzinfo=UTC)
SITI, NAME, NUMBER = "Siti.Rekaan@example.org", "Siti Rekaan Aminah", "0812-3456-7890"


def answered(store: Store, finding: str, reason: str) -> None:
    """Somebody gives a reason."""
    with store._engine.begin() as connection:
        findings.record_reasons(connection, OFFICE, {finding: reason}, NOON)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The sample, in which Siti looks after Tangkum, is named in a note, an answer and a bad cell, and had October's report."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path_factory.mktemp("office") / "here") as fresh:
        book = fresh.person()
        register, tab = book.worksheet("Perpustakaan"), book.worksheet("Tangkum")
        heads = register.row_values(2)
        for head, typed in (("PIC", NAME), ("E-mail", SITI), ("WhatsApp", NUMBER)):
            register.update_cell(3, heads.index(head) + 1, typed)
        tab.update_cell(5, 2, f"tanya {NAME} (+62 812 3456 7890)")
        tab.update_cell(6, tab.row_values(3).index("Keterangan") + 1, f"kata {NAME.upper()}, {SITI}")
        fresh.sync()
        with fresh.app() as app:
            report_job(app, fresh.office(app), MONTH)
            found, *_ = app.store.load(OFFICE, MONTH).findings
            answered(app.store, found.id, f"kata {NAME}: {NUMBER}")
        yield Kept.of(fresh)


def kept(here: Installation) -> bytes:
    """Every byte of the store, as somebody would find it who reads the disk; of a server, all that it tells."""
    if here.settings().store.url:
        return repr(rows_of_all(here.settings().store_url)).encode()
    return b"".join(path.read_bytes() for path in sorted((here.place.folder / "data").glob("store.sqlite3*")))


def traces(here: Installation) -> list[str]:
    """Which of the things Siti is known by stand in the store's bytes."""
    content = kept(here).lower()
    forms = (SITI, NAME, "812 3456 7890", "812-3456-7890", "81234567890")
    return [form for form in forms if form.lower().encode() in content]


def forgotten(here: Installation, *, dry_run: bool = False) -> dict[str, object]:
    with here.app() as app:
        return forget_job(app, SITI.lower(), dry_run=dry_run).document(app.language())


@pytest.mark.incident("forgotten")
def test_nothing_of_a_forgotten_person_is_left_in_the_store(here: Installation) -> None:
    """Address, name and number are gone from contacts, deliveries, messages, reasons, findings, notes and runs: from every byte."""
    assert len(traces(here)) >= 3
    with here.app() as app:
        found = forget_job(app, SITI).document(app.language())
        assert traces(here) == []  # also while the store is open: not in its write-ahead log either
    assert (found["contacts"], found["anonymous"]) == (1, 1)
    assert int(str(found["texts"])) >= 3
    assert traces(here) == []


@pytest.mark.incident("forgotten")
def test_what_the_office_reported_stays(here: Installation) -> None:
    """The seal, the scores and an anonymous line of the ledger are as they were."""
    with here.app() as app:
        before = app.store.latest_seal(OFFICE, MONTH), app.store.deliveries.of(period=MONTH)
    forgotten(here)
    with here.app() as app:
        after = app.store.latest_seal(OFFICE, MONTH), app.store.deliveries.of(period=MONTH)
    assert after[0] == before[0]
    assert [line.state for line in after[1]] == [line.state for line in before[1]]
    changed = [line for line in after[1] if line.key.recipient.startswith("forgotten-")]
    assert [line.key.about for line in changed] == ["perpusdes-tangkum"]
    with here.app() as app:
        assert app.store.deliveries.find(changed[0].id) == changed[0]
        assert app.store.deliveries.without_message([line.id for line in after[1]]) == {changed[0].id}


def test_others_are_not_touched(here: Installation) -> None:
    """Another person whose address ends or begins alike stays in everything."""
    with here.app() as app:
        before = {library.code: library for library in app.store.libraries(OFFICE)}
    forgotten(here)
    with here.app() as app:
        after = {library.code: library for library in app.store.libraries(OFFICE)}
    assert [code for code in before if before[code] != after[code]] == ["perpusdes-tangkum"]
    assert (after["perpusdes-tangkum"].emails, after["perpusdes-tangkum"].pic, after["perpusdes-tangkum"].whatsapp) == (
        (),
        "",
        "",
    )


def test_a_second_time_finds_nothing(here: Installation) -> None:
    """The command may be run again; it says that nothing is kept."""
    forgotten(here)
    assert forgotten(here) == {
        "dry_run": False,
        "contacts": 0,
        "withdrawn": 0,
        "anonymous": 0,
        "texts": 0,
        "still_in": [],
    }


def test_a_dry_run_says_the_same_and_changes_nothing(here: Installation) -> None:
    """What would be done is told first, count by count, and every trace is still there."""
    before = traces(here)
    said = forgotten(here, dry_run=True)
    assert traces(here) == before
    assert {**said, "dry_run": False} == forgotten(here)


@pytest.mark.incident("forgotten")
def test_what_waits_for_the_person_is_withdrawn(here: Installation) -> None:
    """A report that waits, is held or unknown goes to nobody any more, and can't be sent again."""
    with here.app() as app:
        [line] = [
            each for each in app.store.deliveries.of(period=MONTH) if each.key.recipient.casefold() == SITI.casefold()
        ]
        for state in (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.HELD, DeliveryState.UNKNOWN):
            app.store.deliveries.resolve(line.id, state, f"451 {SITI}", app.clock())
            assert app.store.forget(SITI, app.clock(), dry_run=True).withdrawn == 1
    assert forgotten(here)["withdrawn"] == 1
    with here.app() as app:
        assert not app.store.deliveries.due(app.clock() + timedelta(days=30))


@pytest.mark.incident("forgotten")
def test_it_is_told_where_only_people_can_take_them_out(
    here: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register's row is named; after a sync of an unchanged sheet the contact would be back, and is found again."""
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
    assert run_cli(["--config", str(here.place.config), "forget", SITI]) == 0
    said = capsys.readouterr().out
    assert "Perpustakaan!C3" in said
    assert SITI not in said
    here.person().worksheet("Perpustakaan").update_cell(3, 1, "perpusdes-tangkum ")
    with here.app() as app:
        sync_job(app)
    assert forgotten(here)["contacts"] == 1


def test_an_address_of_the_office_is_told(here: Installation) -> None:
    """Who stands in reports.yaml is taken out of what is kept, and the file is named."""
    with here.app() as app:
        assert forget_job(app, "Kepala@example.org").document(app.language())["still_in"] == ["reports.yaml"]


@pytest.mark.parametrize("text", ["", "siti", "siti@", "a@b.org, c@d.org", "\x1b[31m", "%@%"])
def test_only_an_address_is_taken(here: Installation, text: str) -> None:
    """What is no address matches nobody by accident."""
    with here.app() as app, pytest.raises(UsageError, match="an e-mail address"):
        forget_job(app, text)


CODES = {
    "office",
    "workbook",
    "library",
    "elements",
    "state",
    "states",
    "code",
    "scheme",
    "horizon",
    "category",
    "hash",
    "id",
    "job",
}
WITHOUT_PEOPLE = {  # or the office's record (seals), or changed by name above (contacts, approvals)
    "workbooks.title", "workbooks.locale", "workbooks.version", "workbooks.fingerprint", "workbooks.tabs", "workbooks.own_tabs", "workbooks.given",
    "observations.tab", "past_observations.tab", "observations.since", "past_observations.since", "place_sums.source", "place_sums.sums", "pages.tab", "page_state.inputs_digest", "page_state.findings", "deliveries.report", "deliveries.about", "deliveries.claimed_by",
    "span_seals.scheme_document", "span_seals.span", "span_seals.digest", "span_seals.inputs", "span_seals.token", "span_files.span", "span_files.name", "span_files.content",
    "seals.scheme_document", "seals.digest", "seals.inputs", "sealed_files.name", "sealed_files.content",
    "libraries.library", "deliveries.recipient", "deliveries.message",
    "libraries.identity", "approvals.identity", "approvals.how", "approvals.address", "identity_marks.identity",
    "identity_marks.kind", "identity_marks.value", "workbooks.marks", "seals.token", "facts.name", "facts.value",
    "offices.told", "offices.accepted", "decisions.kind", "decisions.detail", "decisions.how",
}  # fmt: skip


def test_every_text_of_the_store_is_looked_through_or_known_to_hold_none() -> None:
    """A new column that may hold people's words or addresses has to be added to what `forget` looks through."""
    texts = {
        str(column)
        for table in tables.metadata.tables.values()
        for column in table.c
        if isinstance(column.type, JSON | LargeBinary) or (isinstance(column.type, String) and column.name not in CODES)
    }
    looked = {str(column) for column in (*forget.TEXTS, *forget.DOCUMENTS)}
    assert texts - looked == WITHOUT_PEOPLE


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("siti.rekaan@example.org", True), ("<SITI.REKAAN@EXAMPLE.ORG>", True), ("xsiti.rekaan@example.org", False),
        ("siti.rekaan@example.org.id", False), ("siti.rekaan@example.organ", False), ("dari siti.rekaan@example.org.", True),
        ("0812 3456 7890", True), ("+6281234567890", True), ("62-812-3456-7890", True), ("81234567890", True),
        ("081234567891", False), ("1081234567890", False), ("Siti Rekaan Aminahwati", False), ("siti rekaan aminah!", True),
    ],
)  # fmt: skip
def test_a_person_is_known_by_address_name_and_number(text: str, hidden: bool) -> None:
    """However they are typed; what only looks alike is somebody else."""
    library = Library("t", "Tangkum", pic=NAME, emails=(SITI,), whatsapp="+62 812 3456 7890")
    assert bool(forget.pattern(SITI, [library]).search(text)) is hidden


@given(st.text(max_size=30))
def test_a_name_is_a_text_and_no_pattern(name: str) -> None:
    """Whatever the name holds, it is looked for as it is."""
    library = Library("t", "Tangkum", pic=f"A {name}", emails=(SITI,))
    assert forget.pattern(SITI, [library]).sub("…", f"-A {name}-") in {"-…-", f"-A {name}-"}


@pytest.mark.incident("retention")
def test_old_messages_go_by_themselves(here: Installation) -> None:
    """After the months of store.yaml a sync lets go of the bytes of finished mails; lines, seals and open deliveries stay."""

    def messages() -> dict[str, int]:
        with here.app() as app, app.store._engine.connect() as connection:
            rows = connection.execute(select(report_tables.deliveries.c.state, report_tables.deliveries.c.message))
            return {state: len(message) for state, message in rows}

    with here.app() as app:
        line, *_ = app.store.deliveries.of(period=MONTH)
        app.store.deliveries.resolve(line.id, DeliveryState.UNKNOWN, "", app.clock())
        lines, seal = app.store.deliveries.of(), app.store.latest_seal(OFFICE, MONTH)
    here.clock.now += timedelta(days=23 * 30)
    here.sync()
    assert messages()["sent"] > 0
    here.clock.now += timedelta(days=3 * 31)
    here.sync()
    assert messages()["sent"] == 0
    assert messages()["unknown"] > 0
    with here.app() as app:
        assert (app.store.deliveries.of(), app.store.latest_seal(OFFICE, MONTH)) == (lines, seal)


def test_an_office_may_keep_them_for_good(here: Installation) -> None:
    """`keep_messages_months: 0` lets nothing go."""
    here.configure("store.yaml", keep_messages_months=0)
    here.clock.now += timedelta(days=3650)
    here.sync()
    with here.app() as app:
        assert app.store.deliveries.without_message([line.id for line in app.store.deliveries.of()]) == frozenset()
    assert json.dumps(traces(here))
