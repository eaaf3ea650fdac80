"""What goes wrong is told with the thing to do and the right exit status; nothing is lost, the others are done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import stamina
from installation import US, Installation, installation
from snapshot import Kept
from two_offices import FIRST, second_office

from sheets_sync.cli.group import run_cli


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation with the sample typed in, and an environment that points at it."""
    with (
        stamina.set_testing(True, attempts=2),
        installation(tmp_path_factory.mktemp("office") / "here") as fresh,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", fresh.google.url)
        patch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
        patch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
        yield Kept.of(fresh)


def told(here: Installation, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Runs a command; its exit status and all it said."""
    status = run_cli(["--config", str(here.place.config), "--now", "2024-11-05T08:00", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


def unshare(here: Installation) -> None:
    """The secretary takes our account's access away."""
    book = here.person()
    book.remove_permissions(here.google.account(US).email, role="any")


def unknown_id(here: Installation) -> None:
    """The configuration names a workbook that is not there."""
    path = next((here.place.config / "offices").glob(f"{FIRST}.yaml"))
    path.write_text(
        path.read_text(encoding="utf-8").replace(here.workbook, "1TidakAdaBukuKerjaDenganIdIni"), encoding="utf-8"
    )


def no_register(here: Installation) -> None:
    """Somebody renames the register's tab."""
    here.person().worksheet("Perpustakaan").update_title("Daftar lama")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        pytest.param(unshare, ["Bagikan", "sebagai Editor", "sheets-sync@"], id="not shared"),
        pytest.param(unknown_id, ["1TidakAdaBukuKerjaDenganIdIni", "/d/"], id="no such workbook"),
        pytest.param(no_register, ["Perpustakaan", "sheets-sync setup"], id="register missing"),
    ],
)
def test_one_bad_workbook_is_told_and_the_other_office_is_done(
    here: Installation, capsys: pytest.CaptureFixture[str], harm: Callable[[Installation], None], says: list[str]
) -> None:
    """A workbook that can't be read costs status 3 and a sentence with the thing to do; the other office gets its Rekap."""
    other = second_office(here)
    harm(here)
    status, said = told(here, capsys, "sync")
    titles = [tab.title for tab in here.person(other).worksheets()]
    assert status == 3
    assert all(word in said for word in says), said
    assert "Rekap" in titles


def test_the_last_good_data_stay_when_a_workbook_is_no_longer_shared(
    here: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was read before can still be asked for after a workbook went away."""
    told(here, capsys, "sync")
    unshare(here)
    status, _ = told(here, capsys, "sync")
    _, exported = told(here, capsys, "export", "--what", "scores", "--period", "2024-10")
    assert status == 3
    assert "7.72" in exported


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "tidak ada"),
        ("{not json", "JSON"),
        ('{"type": "service_account"}', "client_email"),
        (json.dumps({"client_email": "a@b", "private_key": "nonsense", "token_uri": "http://x"}), "Kunci privat"),
    ],
)
def test_an_unusable_key_is_a_matter_of_configuration(
    here: Installation, capsys: pytest.CaptureFixture[str], content: str | None, says: str
) -> None:
    """A key file that can't be used ends with status 2 and says which file and what to do."""
    here.place.key_file.unlink()
    if content is not None:
        here.place.key_file.write_text(content, encoding="utf-8")
    status, said = told(here, capsys, "sync")
    assert status == 2
    assert says in said


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        pytest.param(
            "office.yaml", "due_day: 5", "due_day: lima", ["office.yaml:", "due_day", "lima"], id="wrong type"
        ),
        pytest.param("office.yaml", "due_day: 5", "due_dai: 5", ["office.yaml:", "due_dai"], id="unknown setting"),
        pytest.param("office.yaml", "code: barito-timur", "", ["office.yaml:", "code"], id="missing setting"),
        pytest.param("office.yaml", "language: id", "language: [id", ["office.yaml:", "YAML"], id="no YAML"),
        pytest.param(
            "office.yaml", "language: id", "language: id\nlanguage: en", ["office.yaml:", "language"], id="twice"
        ),
        pytest.param(
            "office.yaml", "Asia/Pontianak", "Asia/Tamiang", ["office.yaml:", "Asia/Tamiang"], id="no time zone"
        ),
        pytest.param(
            "schemes/tpbis.yaml",
            "numerator: mean(loans)",
            "numerator: mean(loanz)",
            ["tpbis.yaml:", "loanz", "loans"],
            id="unknown element",
        ),
    ],
)
def test_a_wrong_configuration_names_file_line_and_what_is_expected(
    here: Installation, capsys: pytest.CaptureFixture[str], file: str, before: str, after: str, says: list[str]
) -> None:
    """A configuration error names file and line, what was found and what is expected, and ends with status 2."""
    path = here.place.config / file
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    status, said = told(here, capsys, "sync")
    assert status == 2
    assert all(word in said for word in says), said
    assert after == "" or any(f":{n}:" in said for n in (line, line + 1)), said


@pytest.mark.incident("heading-retyped")
def test_a_renamed_column_is_asked_about_and_its_last_figures_stay(
    here: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    """A heading nobody knows is told of in the office's language; the figures read before stay until a person says `benar`."""
    told(here, capsys, "sync")
    sheet = here.person().worksheet("Tangkum")
    found = sheet.find("Peminjaman (eksemplar)")
    assert found is not None
    stood = [o for o in here.library("Tangkum").observations if o.element == "loans" and o.state.counts]
    sheet.update([["Pinjaman buku bulanan"]], found.address)
    status, _ = told(here, capsys, "sync")
    _, findings = told(here, capsys, "export", "--what", "findings", "--format", "json")
    assert status == 0
    assert "Kolom yang tidak dihitung: Pinjaman buku bulanan." in findings
    assert [o for o in here.library("Tangkum").observations if o.element == "loans" and o.state.counts] == stood
    assert findings.count('"E-GONE"') == 1


def test_a_refused_recipient_stops_nobody(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """A recipient the mail server refuses is told with what it said; the others get their reports."""
    told(here, capsys, "sync")
    here.mailbox.refuse("kepala@example.org")
    status, said = told(here, capsys, "report", "--period", "2024-10")
    _, ledger = told(here, capsys, "deliveries", "--json")
    states = {line["recipient"]: line["state"] for line in json.loads(ledger)["deliveries"]}
    assert status == 3
    assert states["kepala@example.org"] == "refused"
    assert set(states.values()) == {"refused", "sent"}
    assert "sheets-sync deliveries" in said


@pytest.mark.incident("mail-away")
def test_a_mail_server_that_is_away_is_told_and_the_reports_wait(
    here: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a mail server the month is sealed, its deliveries wait, and the next round sends them."""
    told(here, capsys, "sync")
    port = here.mailbox.port
    here.place.configure("mail.yaml", {"port": 1})
    status, said = told(here, capsys, "report", "--period", "2024-10")
    here.place.configure("mail.yaml", {"port": port})
    later, _ = told(here, capsys, "report", "--period", "2024-10")
    assert status == 3
    assert "mail.yaml" in said
    assert later == 0
    assert len(here.mailbox.kept.messages) == 6


def test_an_unfinished_month_is_not_reported(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """A month that is not over has no report; the message says from when on."""
    status, said = told(here, capsys, "report", "--period", "2024-11")
    assert (status, "1 Desember 2024" in said) == (2, True)


def test_the_same_job_twice_at_once_ends_with_4(
    here: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a sync is at work another one waits, and gives up with status 4."""
    from sheets_sync.jobs import run
    from sheets_sync.jobs.locks import single_instance

    monkeypatch.setattr(run, "WAIT", 0.0)
    with single_instance(here.settings().data, "sync"):
        status, said = told(here, capsys, "sync")
    assert (status, "sheets-sync status" in said) == (4, True)


@pytest.mark.parametrize(
    "words",
    [["sinc"], ["sync", "--workbook", "1TidakDikenal"], ["explain", "Tangkum", "Okt"], ["--now", "kemarin", "status"]],
)
def test_wrong_usage_ends_with_2(here: Installation, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """A wrong command, workbook, month or time ends with status 2."""
    assert run_cli(["--config", str(here.place.config), *words]) == 2
    assert capsys.readouterr().err


@pytest.mark.incident("tab-deleted")
@pytest.mark.parametrize("harm", ["delete the tab", "delete its headings"])
def test_a_tab_that_is_lost_is_missed_and_its_figures_stay(
    here: Installation, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    """A tab that was deleted, or lost its headings, costs status 3 until it is back; its last good figures stay."""
    told(here, capsys, "sync")
    before = here.score("Tangkum")
    sheet = here.person().worksheet("Tangkum")
    if harm == "delete the tab":
        here.person().del_worksheet(sheet)
    else:
        sheet.delete_rows(1, 3)
    first, said = told(here, capsys, "sync")
    again, _ = told(here, capsys, "sync", "--full")
    shown = [cell for row in here.person().worksheet("Rekap").get_all_values() for cell in row]
    assert (first, again) == (3, 3)
    assert "Tangkum" in said
    assert [cell for cell in shown if cell.startswith("⚠") and "Tangkum" in cell]
    assert here.score("Tangkum") == before


def test_a_workbook_of_another_locale_is_warned_about(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook whose locale does not fit the office is told at every sync that reads it, and by doctor."""
    here.person().update_locale("en_US")
    status, said = told(here, capsys, "sync")
    health, lines = told(here, capsys, "doctor")
    assert (status, "in_ID" in said) == (0, True)
    assert (health, "en_US" in lines) == (3, True)


@pytest.mark.incident("kinds")
def test_a_kind_that_no_library_has_is_told(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """A word of the scheme that names no library's kind is told by the sync that would use it, and by doctor."""
    scheme = here.place.config / "schemes" / "tpbis.yaml"
    text = scheme.read_text(encoding="utf-8")
    scheme.write_text(
        text.replace("target: {desa: 2, kabupaten: 0.3", "target: {DESA: 2, kabupatn: 0.3"), encoding="utf-8"
    )
    status, said = told(here, capsys, "sync")
    health, lines = told(here, capsys, "doctor")
    about = "“kabupatn” bukan jenis perpustakaan mana pun (maksud Anda kabupaten?); tertulis di tpbis-2024.1: visits_per_capita.target"
    assert (status, about in " ".join(said.split())) == (0, True)
    assert (health, about in " ".join(lines.split())) == (3, True)
    assert "DESA" not in said + lines


@pytest.mark.parametrize("method", ["sheets.*", "drive.*"])
def test_an_api_that_is_switched_off_is_not_called_unshared(
    here: Installation, capsys: pytest.CaptureFixture[str], method: str
) -> None:
    """Whoever forgot to enable an API is told so, with the address where to do it, by sync and by doctor."""
    here.google.conditions.fail("api-disabled", method, times=None)
    for command, expected in (("sync", 2), ("doctor", 3)):
        status, said = told(here, capsys, command)
        assert status == expected
        assert "belum mengaktifkan sebuah API" in said
        assert "https://console.developers.google.com/apis/api/" in said.replace("\n", "")


def test_doctor_finds_everything_well(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """Where all is well doctor says so line by line and ends with 0."""
    here.configure("reports.yaml", send_on=8)
    here.configure("service.yaml", notify={"mail": ["it@dinas.go.id"]})
    status, said = told(here, capsys, "doctor")
    assert (status, [line for line in said.splitlines() if "✗" in line]) == (0, [])


@pytest.mark.parametrize(
    ("file", "values", "said"),
    [
        ("office.yaml", {"due_day": 32}, "due_day berisi 32; yang diharapkan: paling banyak 28"),
        ("office.yaml", {"time_zone": "Mars"}, "zona waktu, misalnya Asia/Pontianak"),
        ("office.yaml", {"locale": "xx"}, "lokal Google Spreadsheet, misalnya in_ID"),
        ("office.yaml", {"tabs": {"rekap": "Perlu Dicek"}}, "judul yang berbeda untuk setiap tab"),
        ("mail.yaml", {"host": "smtp.example.org", "security": "none"}, "security berisi 'none'"),
        ("checks.yaml", {"off": ["W-NONE"]}, "tidak dikenal: W-NONE"),
    ],
)
def test_a_setting_that_can_not_be_is_told_in_the_readers_language(
    here: Installation, capsys: pytest.CaptureFixture[str], file: str, values: dict[str, object], said: str
) -> None:
    """File and line, what was found, what is expected; no dump of the rest of the file."""
    here.configure(file, **values)
    status, told_ = told(here, capsys, "--lang", "id", "status")
    assert (status, said in told_, file in told_) == (2, True, True)
    assert "Input should" not in told_
    assert len(told_.splitlines()) == 1


def test_ordinary_mistakes_are_no_unexpected_failures(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that is taken, a store that is no database, a folder that can't be made: told in words; a damaged store with status 1."""
    taken = here.google.url.rpartition(":")[2]
    here.sync()
    answers = [
        told(here, capsys, "local-google", "--port", taken),
        told(here, capsys, "report", "--rehearse", "/proc/none"),
    ]
    (here.place.config / "store.yaml").write_text(f"url: sqlite:///{here.place.config / 'office.yaml'}\n")
    answers.append(told(here, capsys, "status"))
    assert [status for status, _ in answers] == [2, 2, 1]
    assert not [said for _, said in answers if "tak terduga" in said]
