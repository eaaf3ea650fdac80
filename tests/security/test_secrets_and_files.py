"""Passwords are never shown, what is kept is closed to others, ids and templates reach no further than they should."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import stamina
from installation import Installation, installation
from places import ROOT
from sample_months import ELEMENTS, LABELS, library_month, office, office_month

from sheets_sync.cli.group import run_cli
from sheets_sync.config.workbook_id import workbook_id
from sheets_sync.demo.place import Place, prepare
from sheets_sync.errors import ConfigError
from sheets_sync.reports.context import report_context
from sheets_sync.reports.render import Renderer
from sheets_sync.settings import Environment, load_settings
from sheets_sync.store import Store

SECRET, CORE = "R4h4s1a!", "R4h4s1a"  # the core shows however the rest is encoded
URLS = [
    "postgres://u:{}@127.0.0.1:1/db",
    "postgresql://u:{}@127.0.0.1:1/db",
    "postgresql+psycopg://u:{}@127.0.0.1:1/db",
    "postgresql+psycopg://u:{}@127.0.0.1:port/db",
    "postgresql+psycopg://127.0.0.1:1/db?user=u&password={}",
    "postgresql+psycopg://u:{}@127.0.0.1:1/db?sslmode=nonsense",
    "postgresql+psycopg://u:{}@127.0.0.1:1/db?nonsense={}",
    "postgresql+psycopg://u:{}@127.0.0.1:1/db?sslmode={}",
    "mysql://u:{}@h/db",
    "nonsense+driver://u:{}@h/db",
    "postgresql+psycopg:/u:{}@h/db",
    "postgresql+psycopg//u:{}@h",
    "u:{}@h/db",
    "{}",
    "://{}",
    "postgresql+psycopg://u:{}/x@127.0.0.1:1/db",
    "postgresql+psycopg://u:{}@@127.0.0.1:1/db",
    "postgresql+psycopg://u:{}#x@127.0.0.1:1:1/db",
    "sqlite://u:{}@h/db",
]


def _is_only_away(url: str) -> bool:
    """Whether the address is one; what its database says now may be over in a minute (status 1: a service tries again)."""
    wrong = ("port/", "nonsense={", "#x@")
    return url.startswith("postgresql") and "://" in url and not any(part in url for part in wrong)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(tmp_path / "here")


@pytest.mark.incident("password-in-url")
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("words", [["status"], ["-v", "doctor"], ["backup", "out"], ["restore", __file__]])
def test_the_stores_password_is_in_no_error(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, words: list[str]
) -> None:
    """A wrong scheme, port, option or form, or a database that is away: a sentence that says so, without the password."""
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("SHEETS_SYNC_STORE_URL", url.format(SECRET, SECRET))
    status = run_cli(["--config", str(place.config), *words])
    said = capsys.readouterr()
    told, silent = (said.out, said.err) if words[-1] == "doctor" else (said.err, said.out)
    expected = 1 if _is_only_away(url) and words[0] != "restore" else 2
    assert (status, silent) == (expected, "")
    assert CORE not in told
    assert len(told.strip().splitlines()) == 1


@pytest.mark.incident("password-in-url")
@pytest.mark.parametrize("url", [url for url in URLS if "@" in url or "password" in url])
def test_yaml_holds_no_password(place: Place, url: str) -> None:
    """A password in store.yaml is refused, with the variable that it belongs into; the error does not repeat it."""
    place.configure("store.yaml", {"url": url.format(SECRET, SECRET)})
    if url.startswith("sqlite"):
        return
    with pytest.raises(ConfigError, match="SHEETS_SYNC_STORE_URL") as told:
        load_settings(place.config, Environment())
    assert CORE not in str(told.value)
    assert "store.yaml" in str(told.value)


@pytest.mark.incident("password-in-url")
def test_no_way_of_printing_the_settings_shows_the_password(place: Place) -> None:
    """Neither the environment nor the settings have it in their text."""
    settings = load_settings(place.config, Environment(store_url=f"postgresql+psycopg://u:{SECRET}@h/db"))
    assert CORE not in repr(settings) + str(settings.environment) + str(settings.environment.model_dump())
    assert SECRET in settings.store_url


@pytest.mark.parametrize("value", [["a"], {"url": "x"}])
def test_a_setting_of_a_wrong_kind_is_shown_without_its_password(place: Place, value: object) -> None:
    """What stands there is told, but for the user and password of an address in it."""
    address = f"postgresql://u:{SECRET}@h/db"
    place.configure("store.yaml", {"url": [address] if isinstance(value, list) else {"url": address}})
    with pytest.raises(ConfigError) as told:
        load_settings(place.config, Environment())
    assert CORE not in str(told.value)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The modes of all that was made below a folder, but for copies of what ships with the program."""
    made = [path for path in (folder, *folder.rglob("*")) if path.suffix != ".yaml" and "google" not in path.parts]
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in made if not _shipped(path)}


def _shipped(path: Path) -> bool:
    return path.name == "config" or "schemes" in path.parts or path.name == "schemes"


@pytest.mark.sqlite("its modes")
@pytest.mark.incident("umask")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mask", [0o022, 0o000])
def test_all_that_is_made_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int) -> None:
    """Store, write-ahead log, locks, backups, exports, mails, rehearsals, pages and keys: 0600 in folders of 0700."""
    with umask(mask), stamina.set_testing(True, attempts=2), installation(tmp_path / "here", ready=False) as here:
        monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
        monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
        monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
        out = here.place.folder / "out"
        for words in (
            ["sync"],
            ["sync", "--full", "--dry-run"],
            ["report", "--period", "2024-10", "--rehearse", str(out / "rehearsed")],
            ["report", "--period", "2024-10"],
            ["export", "--out", str(out / "csv" / "a.csv")],
            ["export", "--format", "xlsx", "--out", str(out / "a.xlsx")],
            ["adopt", here.workbook, "--out", str(out / "adopted")],
            ["backup", str(out / "backups" / "store.sqlite3")],
        ):
            status = run_cli(["--config", str(here.place.config), "--now", "2024-11-05T08:00", *words])
            assert status == 0, words
        with Store_open(here):
            found = modes(here.place.folder)
        assert run_cli(["--config", str(here.place.config), "restore", str(out / "backups" / "store.sqlite3")]) == 0
        found |= modes(here.place.folder)
    assert len(found) > 30
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


@contextmanager
def Store_open(here: Installation) -> Iterator[None]:  # noqa: N802 - it stands for the class
    """The store held open, so that its write-ahead log is there."""
    store = Store(here.settings().store_url)
    store.workbooks("barito-timur")
    yield
    store.close()


def test_files_are_made_by_one_helper() -> None:
    """Nothing below the package makes a file or a folder past the helper that closes them (the local server is a leaf)."""
    package = ROOT / "sheets_sync"
    found = []
    for path in package.rglob("*.py"):
        if "local_google" not in path.parts and path.name != "private.py":
            calls = [
                node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
            ]
            found += [f"{path.relative_to(package)}:{call.lineno}" for call in calls if _makes_a_file(call)]
    assert found == []


def _makes_a_file(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or "private_file(" in ast.unparse(call.func.value):
        return False
    method, mode = call.func.attr, call.args[0] if call.args else None
    written = method == "open" and isinstance(mode, ast.Constant) and str(mode.value)[:1] in "wax"
    return written or method in {"write_text", "write_bytes", "mkdir", "makedirs", "touch"}


@pytest.mark.sqlite("its modes")
@pytest.mark.incident("umask")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(
    ("file", "mode", "says"),
    [
        ("config/service-account.json", 0o640, "chmod 600"),
        ("data/store.sqlite3", 0o644, "chmod 600"),
        ("data", 0o755, "chmod 700"),
        ("config/office.yaml", 0o664, "chmod go-w"),
        ("config", 0o777, "chmod go-w"),
        ("password", 0o604, "chmod 600"),
    ],
)
def test_doctor_looks_at_modes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    mode: int,
    says: str,
) -> None:
    """A key, a password or a store that others may read, or a configuration they may change, is told with the command."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path / "here", typed=False) as here:
        monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
        monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
        password = here.place.folder / "password"
        password.write_text("rahasia")
        password.chmod(0o600)
        monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD_FILE", str(password))
        run_cli(["--config", str(here.place.config), "doctor"])
        well = capsys.readouterr().out
        (here.place.folder / file).chmod(mode)
        status = run_cli(["--config", str(here.place.config), "doctor"])
        ill = capsys.readouterr().out
    assert "chmod" not in well
    assert status == 3
    assert [line for line in ill.splitlines() if says in line and file in line] != []


ID = "1AbC-dEf_0123456789abcdefghijklmnopqrstuvwxyzAB"
ADDRESSES = [
    ID,
    f" {ID}\n",
    f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
    f"https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing&x=1",
    f"https://docs.google.com/spreadsheets/d/{ID}",
    f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit",
    f"https://docs.google.com/a/dinas.go.id/spreadsheets/d/{ID}/htmlview",
    f"https://drive.google.com/file/d/{ID}/view",
    f"https://drive.google.com/open?id={ID}",
    f"docs.google.com/spreadsheets/d/{ID}/edit",
]
BAD_IDS = [
    "../../x", "..", "a/b", "a\\b", "", " ", "a b", "a.b", "x" * 200, "é", "a\nb", "%2e%2e", "C:x", "~", "$HOME",
    f"https://far.example/spreadsheets/d/{ID}/edit",
    f"https://docs.google.com.far.example/spreadsheets/d/{ID}",
    "https://docs.google.com/spreadsheets/d/../../x/edit",
    "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbc/pubhtml",
    f"https://docs.google.com/document/d/{ID}/edit",
]  # fmt: skip


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_workbook_is_named_by_its_id_or_its_address(text: str) -> None:
    """What people copy from the browser is taken wherever an id is."""
    assert workbook_id(text) == ID


@pytest.mark.incident("workbook-id")
@pytest.mark.parametrize("setting", ["workbook", "input_workbooks", "register_workbook"])
@pytest.mark.parametrize("bad", BAD_IDS)
def test_the_configuration_takes_no_other_text_for_a_workbook(place: Place, setting: str, bad: str) -> None:
    """An id becomes part of an address and of a file's name, so that only an id can be one."""
    place.configure("office.yaml", {setting: [bad] if setting == "input_workbooks" else bad})
    with pytest.raises(ConfigError, match=r"office\.yaml:\d+: .*docs\.google\.com"):
        load_settings(place.config, Environment())


@pytest.mark.parametrize("setting", ["workbook", "register_workbook"])
@pytest.mark.parametrize("text", ADDRESSES[2:4])
def test_the_configuration_takes_an_address(place: Place, setting: str, text: str) -> None:
    """office.yaml may hold the whole address."""
    place.configure("office.yaml", {setting: text})
    assert ID in load_settings(place.config, Environment()).offices[0].workbooks


@pytest.mark.incident("workbook-id")
@pytest.mark.parametrize("words", [["setup"], ["adopt"], ["sync", "--workbook"]])
def test_commands_refuse_what_is_no_workbook(
    place: Place, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """A path or another site's address is refused before anything is read."""
    for bad in BAD_IDS:
        assert run_cli(["--config", str(place.config), "--lang", "en", *words, bad]) == 2
        assert "is not a workbook's id" in capsys.readouterr().err


TEMPLATES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ say.__init__.__globals__ }}",
    "{{ voice.templates.joinpath('FILE').write_text('x') }}",
    "{{ voice.templates.parent }}",
    "{{ office.model_construct.__func__ }}",
    "{{ office.parse_file('FILE') }}",
    "{{ office.parse_raw('{}', content_type='pickle', allow_pickle=True) }}",
    "{{ office.model_validate({}) }}",
    "{{ office.zone.from_file('FILE') }}",
    "{{ voice.t._catalogue }}",
    "{{ pictures.update({'a': 1}) }}",
    "{{ pictures.clear() }}",
    "{{ '{0.__class__}'.format(say) }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('touch FILE') }}",
    "{{ self._TemplateReference__context }}",
    "{% for x in range(999999999) %}{% endfor %}",
    "{% set x = office.__dict__ %}{{ x }}",
    "{{ ('{0.__init__}'|attr('format'))(say) }}",
    "{{ voice|attr('__class__') }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{{ 1/0 }}",
    "{{ nonsense }}",
    "{% if %}",
]


@pytest.mark.incident("template-code")
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_can_do_nothing_but_show(tmp_path: Path, template: str) -> None:
    """Code in a template is not run; the error names the template, and no file is made or changed."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "library.txt.j2").write_text(template.replace("FILE", str(tmp_path / "made")), encoding="utf-8")
    entry = library_month()
    renderer = Renderer(report_context(office(), ELEMENTS, LABELS, own))
    with pytest.raises(ConfigError, match=r"library\.txt\.j2") as told:
        renderer.library(office_month([entry]), entry)
    assert ("is undefined" in str(told.value)) is ("nonsense" in template)  # else nothing was tried
    assert not (tmp_path / "made").exists()


def test_a_template_may_still_say_everything(tmp_path: Path) -> None:
    """Loops, macros, tests, filters, our sentences and the methods of texts and lists work as before."""
    (tmp_path / "library.txt.j2").write_text(
        "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice(report.library.upper()) }}|{{ say('title') }}|"
        "{% for name in ['a', 'b'] %}{{ loop.index }}{{ loop.cycle('x', 'y') }}{% endfor %}|{{ pictures.items()|list|length }}|"
        "{{ voice.t.number(1234.5) }}|{{ last.days }}|{{ office.signatories|length }}|{{ range(3)|join('-') }}|"
        "{{ voice.labels.indicators.get('none', 'x') }}|{{ 'a,b'.split(',')|join('+') }}|{{ dict(a=1).a }}",
        encoding="utf-8",
    )
    entry = library_month()
    mail = Renderer(report_context(office(), ELEMENTS, LABELS, tmp_path)).library(office_month([entry]), entry)
    name = entry.library.name.upper()
    assert mail.text.startswith(f"{name}{name}|")
    assert mail.text.endswith("|1x2y|1|1.234,5|31|1|0-1-2|x|a+b|1")
