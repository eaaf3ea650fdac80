"""`doctor` can be trusted: what a sync, a report or a mail would stumble over, it names first, with what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy
import stamina
from installation import US, Installation, installation
from office_days import it_is
from pydantic import SecretStr
from snapshot import Kept

from sheets_sync.app import open_app
from sheets_sync.cli.group import run_cli
from sheets_sync.demo.people import SECRETARY
from sheets_sync.jobs.diagnose import Check, examine
from sheets_sync.jobs.diagnose.mail import mail
from sheets_sync.mail.options import MailLogin
from sheets_sync.model import Message
from sheets_sync.model.account import tab_words


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An office of its own, no sample any more, where all is well."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path_factory.mktemp("office") / "here") as made:
        made.configure("office.yaml", notice=None, notice_detail=None)
        made.configure("mail.yaml", sender="laporan@kantor.go.id", reply_to="dinas@kantor.go.id")
        recipients = [{"name": "Kepala", "address": "kepala@kantor.go.id"}]
        made.configure("reports.yaml", send_on=8, office_recipients=recipients)
        made.configure("service.yaml", notify={"mail": ["operator@kantor.go.id"]})
        yield Kept.of(made)


def checks(here: Installation, login: MailLogin | None = None) -> list[Check]:
    if login is not None:
        with open_app(here.settings(), here.clock, login) as app:
            return list(examine(app))
    with here.app() as app:
        return list(examine(app))


def test_all_is_well_where_nothing_is_wrong(here: Installation) -> None:
    """No line asks for anything."""
    assert [str(check.said) for check in checks(here) if not check.well] == []


def test_a_renamed_tab_is_known_as_it_is_to_the_sync(here: Installation) -> None:
    """Whose figures a tab holds is remembered, so that a new title makes nothing wrong."""
    here.sync()
    here.person().worksheet("Tangkum").update_title("Data masuk")
    here.clock.now += timedelta(hours=1)
    outcome, _ = here.sync()
    [account] = [each for each in outcome.tabs.values() if each.title == "Data masuk"]
    said = [str(check.said) for check in checks(here) if "Data masuk" in str(check.said)]
    assert said == [str(tab_words(account))]


def viewer(here: Installation) -> None:
    here.person().remove_permissions(here.google.account(US).email, role="any")
    here.google.share(here.workbook, US, role="reader")


def commenter(here: Installation) -> None:
    here.person().remove_permissions(here.google.account(US).email, role="any")
    here.google.share(here.workbook, US, role="commenter")


def protected_page(here: Installation) -> None:
    """Somebody keeps everybody else out of Rekap."""
    here.sync()
    rekap = here.person().worksheet("Rekap")
    rekap.client.batch_update(
        here.workbook,
        {
            "requests": [
                {
                    "addProtectedRange": {
                        "protectedRange": {
                            "range": {"sheetId": rekap.id},
                            "editors": {"users": [f"{SECRETARY}@example.com"]},
                        }
                    }
                }
            ]
        },
    )


def binned(here: Installation) -> None:
    here.google.trash(here.workbook)


def sample_sender(here: Installation) -> None:
    here.configure("mail.yaml", sender="Laporan <laporan@example.org>")


def sample_reply(here: Installation) -> None:
    here.configure("mail.yaml", reply_to="dinas@mail.example.com")


def sample_recipient(here: Installation) -> None:
    here.configure("reports.yaml", office_recipients=[{"name": "X", "address": "x@kantor.test"}])


def sample_approver(here: Installation) -> None:
    here.configure("office.yaml", approvers=["x@example.net"])


def past_holidays(here: Installation) -> None:
    here.configure("reports.yaml", reminders={"holidays": ["2023-12-25", "2024-01-01"]})


def same_day(here: Installation) -> None:
    here.configure("reports.yaml", send_on=6)


def before_due(here: Installation) -> None:
    here.configure("reports.yaml", send_on=4)


def nobody_gets_it(here: Installation) -> None:
    (here.place.config / "reports.yaml").write_text("send_on: 8\nreminders: {days_after: [1]}\n", encoding="utf-8")


def no_templates(here: Installation) -> None:
    here.configure("reports.yaml", templates="tidak-ada")


def own_template(here: Installation, name: str, text: str) -> None:
    folder = here.place.config / "templat"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    here.configure("reports.yaml", templates="templat")


def broken_template(here: Installation) -> None:
    own_template(here, "library.html.j2", "{% if %}")


def template_that_asks_for_what_is_not(here: Installation) -> None:
    """That shows only when a month's figures are put in."""
    here.sync()
    own_template(here, "office.txt.j2", "{{ report.nama_kepala }}")


def unknown_sentence(here: Installation) -> None:
    own_template(here, "texts.id.yaml", "salam: Halo\n")


def no_certificate(here: Installation) -> None:
    here.configure("mail.yaml", ca_file="tidak-ada.pem")


def refused_recipient(here: Installation) -> None:
    here.mailbox.refuse("kepala@kantor.go.id")


def open_key(here: Installation) -> None:
    here.place.key_file.chmod(0o644)


def open_config(here: Installation) -> None:
    (here.place.config / "office.yaml").chmod(0o666)


FAULTS: list[tuple[Callable[[Installation], None], list[str]]] = [
    (viewer, ["for reading only", "Share", "Editor", US]),
    (commenter, ["for reading only", "Editor"]),
    (protected_page, ["Rekap", "protected", "remove the protection"]),
    (binned, ["bin", "Restore"]),
    (sample_sender, ["mail.yaml: sender", "laporan@example.org", "your own"]),
    (sample_reply, ["mail.yaml: reply_to", "mail.example.com"]),
    (sample_recipient, ["reports.yaml: office_recipients", "x@kantor.test"]),
    (sample_approver, ["office.yaml: approvers", "x@example.net"]),
    (past_holidays, ["holidays", "2024-01-01", "this year's"]),
    (same_day, ["On day 6", "send_on", "days_after"]),
    (before_due, ["day 4", "due on day 5", "later"]),
    (nobody_gets_it, ["office_recipients"]),
    (no_templates, ["templates", "tidak-ada"]),
    (broken_template, ["library.html.j2", "report_templates/"]),
    (template_that_asks_for_what_is_not, ["office.txt.j2", "nama_kepala"]),
    (unknown_sentence, ["texts.id.yaml", "salam"]),
    (no_certificate, ["ca_file", "tidak-ada.pem"]),
    (refused_recipient, ["kepala@kantor.go.id", "no such mailbox"]),
    (open_key, ["chmod 600", "service-account.json"]),
    (open_config, ["chmod go-w", "office.yaml"]),
]


@pytest.mark.parametrize(("harm", "words"), FAULTS, ids=lambda each: getattr(each, "__name__", ""))
def test_each_fault_is_named_with_what_to_do(
    here: Installation, harm: Callable[[Installation], None], words: list[str]
) -> None:
    """A line says what is wrong, where, and the thing to do; the others go on."""
    harm(here)
    wrong = [str(check.said) for check in checks(here) if not check.well]
    assert [said for said in wrong if all(word in said for word in words)], wrong


@pytest.mark.parametrize(("harm", "words"), FAULTS[:2] + FAULTS[4:9], ids=lambda each: getattr(each, "__name__", ""))
def test_a_sync_says_it_too(here: Installation, harm: Callable[[Installation], None], words: list[str]) -> None:
    """No placeholder, and no workbook that can't be written, passes without a word."""
    harm(here)
    outcome, _ = here.sync()
    told = [*map(str, outcome.warnings), *(str(failure.message) for failure in outcome.failures)]
    assert [said for said in told if all(word in said for word in words)], told


def test_a_mail_server_that_wants_a_login_is_found_out(here: Installation) -> None:
    """Connecting alone says nothing: only the sender's turn shows that a login is wanted."""
    wrong = [str(check.said) for check in checks(here, MailLogin()) if not check.well]
    assert any("without a login" in said and "username" in said for said in wrong), wrong


def test_a_mail_server_that_takes_only_small_mails_is_found_out(here: Installation) -> None:
    """It says how much it takes, 33.5 MB; told where a mail of ours may be larger, and only there."""
    here.configure("mail.yaml", largest_mb=33)
    assert not [said for said in map(str, _wrong(here)) if "largest_mb" in said]
    here.configure("mail.yaml", largest_mb=34)
    assert [said for said in map(str, _wrong(here)) if "at most 33.5 MB" in said and "largest_mb" in said]


def _wrong(here: Installation) -> list[Message]:
    with here.app() as app:
        return [check.said for check in mail(app) if not check.well]


def test_a_wrong_mail_password_is_found_out(here: Installation) -> None:
    """The user name is told, and where both are set."""
    login = MailLogin(username="laporan", password=SecretStr("salah"))
    wrong = [str(check.said) for check in checks(here, login) if not check.well]
    assert any("laporan" in said and "mail.yaml" in said for said in wrong), wrong
    assert not any("salah" in said for said in wrong)


def test_a_password_file_that_is_missing_is_found_out(here: Installation) -> None:
    """Named in mail.yaml, relative to the configuration, and not there."""
    here.configure("mail.yaml", username="laporan", password_file="smtp-password")
    with open_app(here.settings(), here.clock) as app:
        wrong = [str(check.said) for check in examine(app) if not check.well]
    assert any("smtp-password" in said for said in wrong), wrong


def test_a_full_disk_is_found_out(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is full: so many megabytes as `notify` in service.yaml says."""
    usage = SimpleNamespace(total=1, used=1, free=20_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    wrong = [str(check.said) for check in checks(here) if not check.well]
    assert any("20 MB" in said for said in wrong), wrong


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
def test_an_old_backup_is_found_out(here: Installation) -> None:
    """Where the nightly backup has not come for days, its age is told and where to look."""
    here.sync()
    it_is(here, "2024-11-09T09:00")
    wrong = [str(check.said) for check in checks(here) if not check.well]
    assert any("backup" in said and "store.yaml" in said for said in wrong), wrong


def test_whoever_is_to_be_told_is_looked_at(here: Installation) -> None:
    """Nobody named, a file of ways that is away or open to others, a way nobody knows: each is a line, and no secret in it."""

    def wrong(**notify: object) -> list[str]:
        here.configure("service.yaml", notify={"mail": [], **notify})
        return [str(check.said) for check in checks(here) if not check.well]

    assert [said for said in wrong() if "Nobody is told" in said and "service.yaml" in said]
    assert [said for said in wrong(ways_file="ways") if "ways_file" in said and "there is no" in said]
    file = here.place.config / "ways"
    file.write_text("nirgendwo://geheim@kantor\n", encoding="utf-8")
    file.chmod(0o644)
    said = wrong(ways_file="ways")
    assert [each for each in said if "chmod 600" in each and str(file) in each]
    assert [each for each in said if "nirgendwo" in each]
    assert not [each for each in said if "geheim" in each or "Nobody" in each]


def with_tables_of(here: Installation, revision: str) -> None:
    """The store says that its tables are of another version."""
    here.sync()
    engine = sqlalchemy.create_engine(here.settings().store_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    engine.dispose()


def test_a_store_of_a_newer_program_is_found_out(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """`doctor` and `sync` say the same, with status 2: install the newer program again, or restore a backup."""
    with_tables_of(here, "9999_newer")
    for command in ("doctor", "sync"):
        assert run_cli(["--config", str(here.place.config), "--lang", "en", command]) == 2
        assert "newer version" in "".join(capsys.readouterr())


def scheme_twin(here: Installation) -> None:
    """A copy of the scheme under another name."""
    folder = here.place.config / "schemes"
    shutil.copy(folder / "tpbis.yaml", folder / "salinan.yaml")


def scheme_of_one_month(here: Installation) -> None:
    """A new version that holds from the same month on."""
    folder = here.place.config / "schemes"
    text = (folder / "tpbis.yaml").read_text(encoding="utf-8")
    (folder / "baru.yaml").write_text(text.replace("version: tpbis-2024.1", "version: baru"), encoding="utf-8")


def twin_heading(here: Installation) -> None:
    """An alias that is another element's."""
    path = here.place.config / "elements.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("aliases: [Pengunjung online,", "aliases: [Jumlah pengunjung,"), encoding="utf-8")


def unknown_element(here: Installation) -> None:
    here.configure("checks.yaml", open_days="hari_buka")


def unknown_element_in_a_list(here: Installation) -> None:
    here.configure("checks.yaml", never_fall=["members_total", "judul"])


def no_time(here: Installation) -> None:
    here.configure("reports.yaml", from_time="8 pagi")


def night_before_day(here: Installation) -> None:
    here.configure("reports.yaml", reminders={"from_time": "16.00", "until_time": "8"})


REFUSED: list[tuple[Callable[[Installation], None], list[str]]] = [
    (scheme_twin, ["salinan.yaml", "tpbis.yaml", "version"]),
    (scheme_of_one_month, ["baru.yaml", "tpbis.yaml", "valid_from"]),
    (twin_heading, ["elements.yaml", "visits_onsite", "visits_online"]),
    (unknown_element, ["checks.yaml", "hari_buka"]),
    (unknown_element_in_a_list, ["checks.yaml", "judul"]),
    (no_time, ["reports.yaml", "from_time", "08.00"]),
    (night_before_day, ["reports.yaml", "from_time", "until_time"]),
]


@pytest.mark.parametrize(("harm", "words"), REFUSED, ids=lambda each: getattr(each, "__name__", ""))
@pytest.mark.parametrize("command", ["doctor", "sync"])
def test_what_sync_refuses_doctor_refuses(
    here: Installation,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[Installation], None],
    words: list[str],
    command: str,
) -> None:
    """A configuration that can't be used ends with status 2 and names file and setting, before anything is read."""
    harm(here)
    here.google.log.clear()
    assert run_cli(["--config", str(here.place.config), command]) == 2
    said = "".join(capsys.readouterr())
    assert [word for word in words if word not in said] == [], said
    assert ("✗" in said) is (command == "doctor")
    assert not here.google.log.entries


def test_it_ends_with_3_where_something_is_to_be_done(
    here: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 where all is well, 3 where a line asks for something."""
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
    monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
    monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
    words = ["--config", str(here.place.config), "--now", here.clock.now.isoformat(), "doctor"]
    assert run_cli(words) == 0
    past_holidays(here)
    assert run_cli(words) == 3
    assert "✗" in capsys.readouterr().out


def test_one_mail_goes_out_to_look_at(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mail-test` sends exactly one mail, to that address alone, and notes no delivery."""
    monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
    monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
    assert run_cli(["--config", str(here.place.config), "mail-test", "saya@kantor.go.id"]) == 0
    sent = list(here.place.mail.glob("*.eml"))
    assert len(sent) == 1
    assert b"To: saya@kantor.go.id" in sent[0].read_bytes()
    with here.app() as app:
        assert list(app.store.deliveries.of()) == []


@pytest.mark.parametrize(("address", "status"), [("bukan alamat", 2), ("kepala@kantor.go.id", 3)])
def test_a_mail_that_does_not_go_out_is_told(
    here: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, status: int
) -> None:
    """A wrong address is wrong usage; a mail server's refusal is told in its words."""
    monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
    monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
    here.mailbox.refuse("kepala@kantor.go.id")
    assert run_cli(["--config", str(here.place.config), "mail-test", address]) == status
    assert address in capsys.readouterr().err
