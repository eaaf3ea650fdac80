"""Whom the configuration names: each file that does is known to `forget`, and each example in it is told."""

from __future__ import annotations

from datetime import date

import pytest
from places import CONFIG, write

from sheets_sync.jobs.named_addresses import files_naming
from sheets_sync.jobs.placeholders import placeholders
from sheets_sync.settings import Environment, Settings, load_settings

OFFICE = """code: {code}
name: Dinas {code}
workbook: {book}
approvers: [approver-{code}@dinas.go.id]
"""
OWN = {
    "reports.yaml": "office_recipients: [{{name: Kepala, address: head-{code}@dinas.go.id}}]",
    "mail.yaml": "sender: Laporan <sender-{code}@dinas.go.id>\nreply_to: reply-{code}@dinas.go.id",
    "service.yaml": "notify: {{mail: [watch-{code}@dinas.go.id]}}",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two offices and a province over them, each with people of its own; one operator for all."""
    folder = tmp_path_factory.mktemp("config")
    for name in ("elements.yaml", "schemes/tpbis.yaml"):
        write(folder / name, (CONFIG / name).read_text(encoding="utf-8"))
    write(folder / "service.yaml", "notify: {mail: [Operator <operator@example.org>]}")
    write(folder / "places.yaml", "places: [{code: '62', name: Prov, level: province, offices: [a, b]}]")
    write(folder / "places" / "62.yaml", "code: '62'\nname: Prov\nworkbook: " + "p" * 44)
    write(folder / "places" / "62" / "reports.yaml", OWN["reports.yaml"].format(code="62"))
    for code in ("a", "b"):
        write(folder / "offices" / f"{code}.yaml", OFFICE.format(code=code, book=code * 44))
        for name, text in OWN.items():
            write(folder / "offices" / code / name, text.format(code=code))
    return load_settings(folder, Environment(config=folder, google_endpoint=None, key_file=None, store_url=None))


@pytest.mark.parametrize(
    ("address", "files"),
    [
        ("head-a@dinas.go.id", ["reports.yaml"]),
        ("HEAD-B@Dinas.go.id", ["reports.yaml"]),
        ("head-62@dinas.go.id", ["reports.yaml"]),
        ("sender-b@dinas.go.id", ["mail.yaml"]),
        ("reply-a@dinas.go.id", ["mail.yaml"]),
        ("watch-b@dinas.go.id", ["service.yaml"]),
        ("operator@example.org", ["service.yaml"]),
        ("approver-b@dinas.go.id", ["office.yaml"]),
        ("nobody@dinas.go.id", []),
    ],
)
def test_every_file_that_names_a_person_is_known(settings: Settings, address: str, files: list[str]) -> None:
    """Of every office and of the places above them, in whatever setting, however it is capitalised."""
    assert list(files_naming(settings, address)) == files


def test_an_example_is_told_once_with_its_setting(settings: Settings) -> None:
    """The operator's stands in a file of all offices, so it is no single office's; a place's sender is its own."""
    said = [str(each) for each in placeholders(settings, date(2024, 11, 5))]
    assert [each for each in said if "service.yaml" in each] == [
        "service.yaml: notify: Operator <operator@example.org> is an example, not an address. Write your own."
    ]
    assert [each.partition(":")[0] for each in said if "mail.yaml" in each] == ["Prov"]
