"""The documentation: links lead somewhere, what it tells to run exists, pages made from the code are current."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import docs_checks
import docs_commands
import messages as catalogue_script
import pytest
from places import ROOT, SCRIPTS
from ruamel.yaml import YAML

from sheets_sync.cli.group import cli
from sheets_sync.i18n import LANGUAGES
from sheets_sync.mail.options import MailLogin
from sheets_sync.notify.options import NotifyLogin
from sheets_sync.settings import Environment

DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), SCRIPTS / "README.md", *sorted(DOCS.rglob("*.md"))]
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
GUIDES = [page for page in sorted(DOCS.glob("*.md")) if (DOCS / f"{page.stem}.en.md").exists()]
INTERFACE = (
    *(
        "demo",
        "doctor",
        "setup",
        "adopt",
        "sync",
        "report",
        "deliveries",
        "deliveries settle",
        "explain",
        "scheme diff",
    ),
    *("export", "backup", "restore", "forget", "status", "run", "local-google"),
)
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
SPAN = re.compile(r"`([^`\n]+)`|^((?:\.venv/bin/)?sheets-sync .*)$", re.MULTILINE)
VARIABLE = re.compile(r"SHEETS_SYNC_[A-Z]+(?:_[A-Z]+)*")
QUOTED = re.compile(r"^\| “([^”]+)” \|", re.MULTILINE)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """What a page's headings can be linked by, as the usual hosts of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def commands_in(page: Path) -> Iterator[list[str]]:
    """The words behind `sheets-sync`, wherever a page tells to run it."""
    for span, line in SPAN.findall(page.read_text(encoding="utf-8")):
        words = (span or line).partition(" #")[0].split()
        if words and words[0].rpartition("/")[2] == "sheets-sync" and len(words) > 1:
            yield words[1:]


def unknown_in(words: list[str]) -> Iterator[str]:
    """The commands and options among the words that do not exist."""
    command: click.Command = cli
    ctx, value_of = click.Context(cli), False
    for word in words:
        if value_of:
            value_of = False
        elif word.startswith("-"):
            option = next((each for each in [*command.params, *cli.params] if word in each.opts), None)
            value_of = isinstance(option, click.Option) and not (option.is_flag or option.count)
            yield from [] if option or word in ("--help", "--version", "-h") else [word]
        elif isinstance(command, click.Group):
            inner = command.get_command(ctx, word)
            if inner is None:
                yield word
                return
            command = inner


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file or picture of the repository leads to one, every anchor to a heading."""
    broken = []
    for link in filter(None, (one or other for one, other in LINK.findall(page.read_text(encoding="utf-8")))):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if "://" in link or link.startswith("mailto:"):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_exist(page: Path) -> None:
    """Every `sheets-sync …` that a page tells to run has a command and options that exist."""
    assert [word for words in commands_in(page) for word in unknown_in(words)] == []


def test_a_wrong_command_would_be_noticed() -> None:
    """An unknown command or option is found, the value of an option is not taken for a command."""
    found = [list(unknown_in(line.split())) for line in ("sink", "--config x sync --fulll", "scheme diff f --json")]

    assert found == [["sink"], ["--fulll"], []]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_scripts_exist(page: Path) -> None:
    """Every script that a page names is there."""
    scripts = set(re.findall(r"scripts[/\\]\w+\.py", page.read_text(encoding="utf-8")))
    assert {script for script in scripts if not (ROOT / script.replace("\\", "/")).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_environment_variables_exist(page: Path) -> None:
    """Every environment variable that a page names is one the program or a script reads."""
    ours = {f"SHEETS_SYNC_{name.upper()}" for name in Environment.model_fields}
    mail = {f"SHEETS_SYNC_SMTP_{name.upper()}" for name in MailLogin.model_fields}
    notify = {f"SHEETS_SYNC_NOTIFY_{name.upper()}" for name in NotifyLogin.model_fields}
    known = {*ours, *mail, *notify, "SHEETS_SYNC_ENGLAND", "SHEETS_SYNC_COMPLETE"}
    known |= {"SHEETS_SYNC_TEST_POSTGRES", "SHEETS_SYNC_TEST_STORE"}
    assert set(VARIABLE.findall(page.read_text(encoding="utf-8"))) - known == set()


def test_every_command_is_documented() -> None:
    """Each command has a section of its own on both pages of commands."""
    for page in docs_commands.PAGES.values():
        assert set(INTERFACE) - set(re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_summaries_of_commands_fit(code: str) -> None:
    """On a terminal of 80 columns no command's summary is cut, or goes on in a second line."""
    root = docs_commands.root(code, width=80)
    for ctx in (root, *docs_commands.contexts(root)):
        if isinstance(ctx.command, click.Group):
            shown = ctx.get_help().partition({"en": "Commands:\n", "id": "Perintah:\n"}[code])[2].splitlines()
            assert [line for line in shown if line.endswith("...")] == []
            assert len(shown) == len(ctx.command.list_commands(ctx)) > 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_of_commands_is_current(code: str) -> None:
    """The page says what the commands answer to --help; `python scripts/docs_commands.py` writes it anew."""
    assert docs_commands.PAGES[code].read_text(encoding="utf-8") == docs_commands.page(code)


def test_the_page_of_checks_is_current() -> None:
    """The page says what the catalogue of checks says; `python scripts/docs_checks.py` writes it anew."""
    assert (DOCS / "pemeriksaan.md").read_text(encoding="utf-8") == docs_checks.page()


@pytest.mark.parametrize(("page", "language"), [("operator.md", "id"), ("operator.en.md", "en")])
def test_messages_are_quoted_as_they_are(page: str, language: str) -> None:
    """What the operator's table of messages quotes is part of a message the program has."""
    catalogue = [message for message in catalogue_script.catalogue("id") if message.id]
    texts = "\n".join(str(message.string if language == "id" else message.id) for message in catalogue)
    quoted = QUOTED.findall((DOCS / page).read_text(encoding="utf-8"))

    assert len(quoted) > 10
    assert [text for text in quoted if text not in texts] == []


@pytest.mark.parametrize("guide", GUIDES, ids=named)
def test_guides_come_in_both_languages(guide: Path) -> None:
    """A guide links to its other language, has as many sections there, and the index names both."""
    other = DOCS / f"{guide.stem}.en.md"
    here, there, index = (path.read_text(encoding="utf-8") for path in (guide, other, DOCS / "README.md"))

    assert f"({other.name})" in here
    assert f"({guide.name})" in there
    assert f"({guide.name})" in index
    assert f"({other.name})" in index
    if guide.stem != "kontributor":  # the Indonesian one is a short introduction
        assert here.count("\n## ") == there.count("\n## ")


def test_every_script_is_in_the_table() -> None:
    """The table of scripts has a row for each script, and none for one that is not there."""
    rows = re.findall(
        r"^\| \[(\w+\.py)\]\(\1\) \| \S", (SCRIPTS / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(rows) == sorted(path.name for path in SCRIPTS.glob("*.py"))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_decisions_have_their_parts(decision: Path) -> None:
    """A decision carries its number, a date and three parts, and stands in the index under its title with its date."""
    text, index = (path.read_text(encoding="utf-8") for path in (decision, DOCS / "decisions" / "README.md"))
    number = int(decision.name[:4])
    title, date = re.findall(rf"\A# {number}\. (.+)\n\n(\d{{4}}-\d\d-\d\d)\n", text)[0]

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert f"| {number} | [{title}]({decision.name}) | {date} |" in index


def test_the_changelog_keeps_its_form() -> None:
    """Sections of a version are those of Keep a Changelog, in its order, and versions are dated."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]

    for version in versions:
        assert re.match(r"\[(Unreleased\]|\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)\n", version)
        sections = re.findall(r"^### (.+)$", version, re.MULTILINE)
        assert sections == [kind for kind in kinds if kind in sections]


def test_the_workflow_runs_what_anybody_can_run() -> None:
    """The workflow's only command is `.ci/run`: nothing is checked there that can't be checked elsewhere."""
    workflow = YAML(typ="safe").load(ROOT / ".github" / "workflows" / "ci.yml")
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]

    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]


def test_a_source_distribution_carries_every_root_file() -> None:
    """What Git keeps at the root, but for its own dotfiles, is in the list of a source distribution."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    built_in = {"pyproject.toml", "README.md", ".gitignore"}  # hatchling adds them by itself
    here = {
        path.name for path in ROOT.iterdir() if path.suffix in {".md", ".lock"} or path.name in {"LICENSE", "NOTICE"}
    }

    assert here - built_in - set(listed) == set()
    assert [name for name in listed if not (ROOT / name).exists()] == []
