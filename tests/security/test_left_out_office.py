"""One office whose own files can't be used: what is done for all is done for every other one, and nothing of it is gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from installation import MONTH, Installation, installation
from places import write
from province import PROVINCE, REGION, REPORTS
from two_offices import FIRST, SECOND, second_office

from sheets_sync.app import App
from sheets_sync.cli.group import run_cli
from sheets_sync.demo import people
from sheets_sync.errors import ConfigError, UsageError
from sheets_sync.jobs.mailing.situation import situation_of
from sheets_sync.jobs.places.gather import region_view_of
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.unattended.serve import reloaded
from sheets_sync.jobs.unattended.service import beat
from sheets_sync.jobs.unattended.watch import snapshot_of
from sheets_sync.jobs.untold import begun_anew

TREE = f"""
places:
  - {{code: "{PROVINCE}", name: Kalimantan Tengah, level: province}}
  - {{code: "62.13", name: Barito Timur, parent: "{PROVINCE}", offices: [{FIRST}]}}
  - {{code: "62.04", name: Barito Selatan, parent: "{PROVINCE}", offices: [{SECOND}]}}
"""


@dataclass(frozen=True, slots=True)
class World:
    """Two offices under a province, whose October was read and reported."""

    here: Installation
    other: str  # the second office's workbook

    @property
    def config(self) -> Path:
        return self.here.place.config

    def run(self, capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
        """A command's status, and what it printed on either stream."""
        capfd.readouterr()
        status = run_cli(["--config", str(self.config), "--now", "2024-11-05T08:00", "--lang", "en", *words])
        said = capfd.readouterr()
        return status, said.out, said.err

    def kept(self) -> dict[str, object]:
        """What the store has of the second office."""
        with self.here.app() as app:
            libraries, deliveries = app.store.libraries(SECOND), app.store.deliveries.of(SECOND)
            return {
                "libraries": [library.code for library in libraries],
                "deliveries": [(line.id, line.state) for line in deliveries],
                "seals": [seal.key for seal in app.store.seals(SECOND)],
                "tabs": {name: sorted(each.tabs) for name, each in app.store.workbooks(SECOND).items()},
                "approvals": repr(app.store.approvals(SECOND)),
            }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with installation(tmp_path_factory.mktemp("left")) as here, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
        patch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
        patch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
        other, config = second_office(here), here.place.config
        zone = {"locale": "in_ID", "time_zone": "Asia/Pontianak"}
        above = here.google.create_workbook("Rekap Kalteng", owner=people.SECRETARY, **zone)
        here.google.share(above, "sheets-sync", role="writer")
        write(config / "places.yaml", TREE)
        write(config / "places" / f"{PROVINCE}.yaml", REGION.format(workbook=above))
        write(config / "places" / PROVINCE / "reports.yaml", REPORTS)
        here.sync()
        with here.app() as app:
            for office in app.settings.offices:
                report_job(app, office, MONTH)
        yield World(here, other)


Break = Callable[[Path], None]


def no_yaml(config: Path) -> None:
    home = config / "offices" / f"{SECOND}.yaml"
    home.write_text(home.read_text(encoding="utf-8") + "letterhead: [\n", encoding="utf-8")


def no_home(config: Path) -> None:
    home = config / "offices" / f"{SECOND}.yaml"
    home.unlink()
    home.mkdir()


def own_file(config: Path) -> None:
    write(config / "offices" / SECOND / "checks.yaml", "spik: 3\n")


KINDS: dict[str, Break] = {each.__name__: each for each in (no_yaml, no_home, own_file)}


@contextmanager
def broken(config: Path, kind: str) -> Iterator[None]:
    """The second office's files as somebody broke them; mended at the end."""
    home, own = config / "offices" / f"{SECOND}.yaml", config / "offices" / SECOND / "checks.yaml"
    text = home.read_text(encoding="utf-8")
    KINDS[kind](config)
    try:
        yield
    finally:
        if home.is_dir():
            home.rmdir()
        home.write_text(text, encoding="utf-8")
        own.unlink(missing_ok=True)


COMMANDS = [
    pytest.param(("sync",), "read: ", id="sync"),
    pytest.param(("sync", "--dry-run", "--full"), "read: ", id="dry run"),
    pytest.param(("report", "--period", "2024-10"), "Sent: ", id="report"),
    pytest.param(("status",), "", id="status"),
    pytest.param(("deliveries", "--period", "2024-10"), "tangkum", id="deliveries"),
    pytest.param(("approve", "--list"), "tangkum", id="approve"),
    pytest.param(("explain", "Tangkum", "2024-10"), "Tangkum", id="explain"),
    pytest.param(("decide",), "", id="decide"),
    pytest.param(("export", "--what", "observations"), "Tangkum", id="export"),
    pytest.param(("take-over",), FIRST, id="take-over"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("words", "shown"), COMMANDS)
def test_a_command_for_all_does_the_rest_and_says_whom_it_left_out(
    world: World, capfd: pytest.CaptureFixture[str], kind: str, words: tuple[str, ...], shown: str
) -> None:
    """The other office is done; the broken one is told once, with its file; the status says that not all was done."""
    with broken(world.config, kind):
        status, out, err = world.run(capfd, *words)
        named, _, why = world.run(capfd, "--office", SECOND, *words)
        alone, _, quiet = world.run(capfd, "--office", FIRST, *words)
    file = "checks.yaml:1" if kind == "own_file" else f"{SECOND}.yaml"
    assert status == 3
    assert shown in out
    assert f"{out}{err}".count(file) == 1
    assert (named, file in why) == (2, True)
    assert (alone, file in quiet) == (0, False)


@pytest.mark.parametrize("kind", KINDS)
def test_doctor_tells_it_and_looks_at_the_rest(world: World, capfd: pytest.CaptureFixture[str], kind: str) -> None:
    """A line with the file, beside the lines of the other office's workbook."""
    with broken(world.config, kind):
        status, out, _ = world.run(capfd, "--json", "doctor")
    lines = json.loads(out)
    assert status == 3
    assert [each["well"] for each in lines if f"{SECOND} is left out" in each["said"]] == [False]
    assert any("Barito Timur" in each["said"] and each["well"] for each in lines)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_it_is_gone(world: World, capfd: pytest.CaptureFixture[str], kind: str) -> None:
    """After runs and a beat of the service without it, the store has of it what it had; then it goes on as before."""
    before = world.kept()
    with broken(world.config, kind):
        world.run(capfd, "sync", "--full")
        with world.here.app() as app:
            beat(app, Event())
            office = app.settings.office(FIRST)
            assert app.is_whole
            assert not list(begun_anew(app, office))
            assert app.option_of(office) == f" --office {FIRST}"
            with pytest.raises(UsageError, match=SECOND):
                app.only_office()
    assert world.kept() == before
    status, _, err = world.run(capfd, "sync", "--full")
    assert (status, SECOND in err) == (0, False)
    assert world.kept() == before


def test_the_one_who_can_act_is_told_and_told_when_it_is_well(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """It is a trouble of that office's alone, and of no other one's; the next good run ends it."""

    def troubles(app: App) -> list[tuple[str, frozenset[str]]]:
        return [
            (each.about, each.offices) for each in snapshot_of(app).troubles if "checks.yaml:1" in str(each.problem)
        ]

    with broken(world.config, "own_file"):
        world.run(capfd, "sync")
        with world.here.app() as app:
            assert troubles(app) == [(SECOND, frozenset({SECOND}))]
            assert troubles(app.only(app.settings.office(FIRST))) == []
    world.run(capfd, "sync")
    with world.here.app() as app:
        assert troubles(app) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_province_says_that_its_figures_are_missing(world: World, kind: str) -> None:
    """The regency stays a row of the roll-up, in no sum and named; the province's report waits for it."""
    with world.here.app() as app:
        [region] = app.settings.regions
        whole = region_view_of(app, region, MONTH)
    with broken(world.config, kind), world.here.app() as app:
        [region] = app.settings.regions
        view = region_view_of(app, region, MONTH)
        fresh = situation_of(app, region).fresh
    assert [row.library.name for row in view.month.libraries] == [row.library.name for row in whole.month.libraries]
    assert [each.title for each in view.month.stale if SECOND in str(each.reason)] == ["Barito Selatan"]
    assert [each.title for each in whole.month.stale] == []
    assert fresh[SECOND] is None


def test_a_service_takes_what_it_can(world: World) -> None:
    """Read again, the other office's settings count; mended, everybody is there."""
    with world.here.app() as app:
        with broken(world.config, "no_yaml"):
            fresh = reloaded(app, world.here.settings())
            assert [each.code for each in fresh.settings.offices] == [FIRST]
            with pytest.raises(ConfigError):
                fresh.settings.office(SECOND)
        assert {each.code for each in reloaded(fresh, world.here.settings()).settings.offices} == {FIRST, SECOND}


def no_key(config: Path) -> None:
    home = config / "offices" / f"{SECOND}.yaml"
    home.write_text(home.read_text(encoding="utf-8") + "key_file: nowhere.json\n", encoding="utf-8")


def damaged_key(config: Path) -> None:
    no_key(config)
    write(config / "nowhere.json", "{")


def bad_template(config: Path) -> None:
    reports = config / "offices" / SECOND / "reports.yaml"
    write(reports, reports.read_text(encoding="utf-8") + "templates: words\n")
    for name in ("library.html.j2", "office.html.j2", "library.txt.j2", "office.txt.j2"):
        write(config / "words" / name, "{% if %}")


@contextmanager
def ill(config: Path, kind: Break) -> Iterator[None]:
    """The second office with what only shows when it is used; mended at the end."""
    files = [config / "offices" / f"{SECOND}.yaml", config / "offices" / SECOND / "reports.yaml"]
    texts = [file.read_text(encoding="utf-8") for file in files]
    kind(config)
    try:
        yield
    finally:
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
        (config / "nowhere.json").unlink(missing_ok=True)


@pytest.mark.parametrize("kind", [no_key, damaged_key])
def test_a_key_that_is_not_there_stops_no_other_office(
    world: World, capfd: pytest.CaptureFixture[str], kind: Break
) -> None:
    """Syncs, reports, looks and a service that reads its configuration again do the rest; the key's file is named."""
    with ill(world.config, kind):
        ended = {
            words: world.run(capfd, *words) for words in (("sync",), ("report", "--period", "2024-10"), ("doctor",))
        }
        with world.here.app() as app:
            fresh = reloaded(app, world.here.settings())
            assert {each.code for each in fresh.settings.offices} == {FIRST, SECOND}
    for words, (status, out, err) in ended.items():
        assert (words, status) == (words, 3)
        assert "nowhere.json" in out + err
        assert "Barito Timur" in out or "read: " in out


def test_one_offices_bad_template_stops_no_other_report(
    world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The other office's report is made; the broken one is told with its file, by `doctor`, too; syncs go on."""
    with ill(world.config, bad_template):
        status, out, err = world.run(capfd, "report", "--period", "2024-10", "--rehearse", str(tmp_path))
        looked, said, _ = world.run(capfd, "doctor")
        synced, _, _ = world.run(capfd, "sync")
    assert (status, looked, synced) == (3, 3, 0)
    assert "✗" in out
    assert "Nothing was sent" in out
    assert ".j2" in out + err
    assert ".j2" in said
