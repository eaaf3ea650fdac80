"""The operator's guide, followed: its commands are taken out of the page and run, from the wheel to the first report."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

import gspread
import pytest
from clean_place import CleanPlace, build_wheel, clean_place
from places import ROOT

from sheets_sync.demo import people
from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.local_google import LocalGoogle
from sheets_sync.mail.options import Security

NOW = datetime.fromisoformat("2026-12-08T09:00+07:00")
USER, PASSWORD = "laporan@kantor.go.id", "rahasia"
LIBRARIES = [("maju", "Perpustakaan Desa Maju", "Maju"), ("jaya", "Perpustakaan Desa Jaya", "Jaya")]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| (?!pertanyaan|question|---)([^|]+) \| ", re.MULTILINE)


def part(page: str, first: int, last: int) -> str:
    """Some sections of a guide."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return text[text.index(f"## {first}. ") : text.index(f"## {last + 1}. ")]


def commands(page: str) -> list[str]:
    """What the guide tells to run, from installing to the running service, without remarks."""
    lines = (line for block in BLOCK.findall(part(page, 1, 4)) for line in block.splitlines())
    return [line.partition("  #")[0].partition(" # ")[0].strip() for line in lines if line.strip()]


@dataclass
class Newcomer:
    """Somebody with the guide, a key file, and a shared workbook."""

    place: CleanPlace
    google: LocalGoogle
    mailbox: Mailbox
    workbook: str
    opened: ExitStack
    said: dict[str, str] = field(default_factory=dict)

    def book(self) -> gspread.Spreadsheet:
        return self.opened.enter_context(people.opened_by(self.google, people.SECRETARY, self.workbook))

    def answers(self) -> list[str]:
        """What the newcomer answers, in the order of the guide's table."""
        address = f"https://docs.google.com/spreadsheets/d/{self.workbook}/edit?gid=0#gid=0"
        return [
            *("id", "Dinas Perpustakaan Kabupaten Maju", "WIB", address, "proyek-4711.json"),
            *(f"localhost:{self.mailbox.port}", USER, PASSWORD, "Kepala Dinas <kepala@kantor.go.id>"),
            "operator@kantor.go.id",
        ]

    def follow(self, command: str) -> None:
        """Runs a command of the guide, and does what the guide says happens between the commands."""
        done = self.said.keys()
        if command.endswith(" sync") and not any(each.endswith(" sync") for each in done):
            self.fill_in_the_register()
        if command.endswith("--dry-run"):
            self.fill_in_the_month()
        if command.endswith(" run"):
            self.said[command] = self.serve(command)
            return
        ours = " --now 2026-12-08T09:00" if "sheets-sync" in command else ""
        answers = "\n".join(self.answers()) + "\n" if " init " in command else ""
        ended = self.place.run(command + ours, answers)
        assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
        name = command if command not in self.said else f"{command} again"
        self.said[name] = ended.stdout + ended.stderr
        if "-m venv" in command:
            self.place.lend_dependencies()

    def fill_in_the_register(self) -> None:
        """The secretary types a row for each library under the headings that stand there."""
        tab = self.book().worksheet("Perpustakaan")
        rows = tab.get_all_values()
        heading = next(n for n, row in enumerate(rows) if "Kode" in row)
        typed = [
            dict(zip(("Kode", "Nama", "Tab"), each, strict=True)) | {"E-mail": f"{each[0]}@desa.id"}
            for each in LIBRARIES
        ]
        names = [re.sub(r"\W+$", "", name) for name in rows[heading]]
        cells = [[each.get(name, "") for name in names] for each in typed]
        tab.update(cells, f"A{heading + 2}", value_input_option=gspread.utils.ValueInputOption.user_entered)

    def fill_in_the_month(self) -> None:
        """Each library types November's figures into its own form."""
        for _, _, title in LIBRARIES:
            tab = self.book().worksheet(title)
            rows = tab.get_all_values()
            heading = next(n for n, row in enumerate(rows) if "Pengunjung di tempat" in " ".join(row))
            month = next(n for n, row in enumerate(rows) if row and row[0].startswith("November"))
            figures = [40 + n for n, name in enumerate(rows[heading][1:]) if name]
            tab.update([figures], f"B{month + 1}")

    def serve(self, command: str) -> str:
        """The service, until it is stopped."""
        process = self.place.start(f"{command} --now 2026-12-08T09:30")
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=120)
        assert process.returncode == 0, line + rest
        return line + rest


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    """The guide, followed once from its first command to its last."""
    folder = tmp_path_factory.mktemp("guide")
    with (
        LocalGoogle(clock=lambda: NOW, service_account_storage=False) as google,
        Mailbox(folder / "mail", Login(USER, PASSWORD), Security.NONE) as mailbox,
        ExitStack() as opened,
    ):
        workbook = google.create_workbook(
            "Perpustakaan 2026",
            owner=people.SECRETARY,
            locale="in_ID",
            time_zone="Asia/Jakarta",
            writers=["sheets-sync"],
        )
        place = clean_place(folder / "kantor", build_wheel(folder), google.url)
        google.write_key(place.folder / "proyek-4711.json")
        here = Newcomer(place, google, mailbox, workbook, opened)
        for command in commands("operator.md"):
            here.follow(command)
        yield here


def test_every_command_ends_well(followed: Newcomer) -> None:
    """Each command of the guide was run, in its order, and ended with 0; nothing but the wheel was ours."""
    assert len(followed.said) == len(commands("operator.md"))
    where = followed.place.run(".venv/bin/python -c 'import sheets_sync; print(sheets_sync.__file__)'")
    assert str(followed.place.folder / ".venv") in where.stdout, where.stdout + where.stderr


def test_the_first_sync_is_ten_commands_and_ten_answers_away(followed: Newcomer) -> None:
    """From nothing to the first sync of figures."""
    way = commands("operator.md")
    assert way.index(".venv/bin/sheets-sync sync --dry-run") <= 10
    assert len(followed.answers()) <= 10


def test_the_guide_names_the_questions_that_are_asked(followed: Newcomer) -> None:
    """A row for each question, in the order in which they come."""
    asked = followed.said[".venv/bin/sheets-sync init config"]
    named = [name.strip() for name in ROW.findall(part("operator.md", 3, 3))]
    places = [asked.find(name) for name in named if name != "Alamat pengirim surel"]  # the login is one
    assert len(named) == 11  # of which at most ten are asked
    assert -1 not in places
    assert places == sorted(places)


def test_doctor_finds_nothing_wrong_on_the_way(followed: Newcomer) -> None:
    """Whoever followed the guide sees no line that asks for anything."""
    said = followed.said[".venv/bin/sheets-sync doctor"]
    assert "✗" not in said, said


def test_rekap_shows_both_libraries(followed: Newcomer) -> None:
    """The secretary opens one tab and sees who reported."""
    texts = {text for row in followed.book().worksheet("Rekap").get_all_values() for text in row}
    assert [name for _, name, _ in LIBRARIES if name not in texts] == []


def test_the_first_report_went_out_once(followed: Newcomer) -> None:
    """One mail to look at, one to the office, one to each library; the rehearsal sent none, the service nothing again."""
    mails = [path.read_text(encoding="utf-8") for path in (followed.place.folder.parent / "mail").glob("*.eml")]
    to = sorted(re.findall(r"^To: .*?([\w.]+@[\w.]+)>?$", mail, re.MULTILINE)[0] for mail in mails)
    assert to == ["jaya@desa.id", "kepala@kantor.go.id", "maju@desa.id", "saya@kantor.go.id"]
    assert list((followed.place.folder / "hasil").rglob("*"))


def test_no_secret_is_open_to_others(followed: Newcomer) -> None:
    """Key, password and store are the newcomer's alone, though nobody ran chmod."""
    config = followed.place.folder / "config"
    files = [path for path in config.rglob("*") if path.is_file()]
    assert (config / "data" / "store.sqlite3") in files
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_both_languages_tell_the_same_commands() -> None:
    """Command by command, in the same order."""
    assert commands("operator.md") == commands("operator.en.md")
    assert len(ROW.findall(part("operator.en.md", 3, 3))) == 11
