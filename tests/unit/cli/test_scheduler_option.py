"""`run --scheduler`: the service's syncs go to a scheduler's workers, whatever service.yaml names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sheets_sync.cli.group import cli
from sheets_sync.cli.session import Session
from sheets_sync.demo.place import Place, prepare
from sheets_sync.errors import UsageError

ADDRESS = "tls://10.0.0.1:8786"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An office whose service.yaml names another scheduler."""
    made = prepare(tmp_path)
    made.configure("service.yaml", {"scheduler": "tls://10.0.0.2:8786"})
    return made


@pytest.mark.parametrize("office", [None, "barito-timur"])
def test_what_the_command_names_goes_before_what_the_file_names(place: Place, office: str | None) -> None:
    """For all offices or one of them, and also after the configuration was read again."""
    session = Session(config=str(place.config), office=office, scheduler=ADDRESS)
    assert [session.settings().service.scheduler, session.settings_anew().service.scheduler] == [ADDRESS, ADDRESS]
    assert Session(config=str(place.config)).settings().service.scheduler == "tls://10.0.0.2:8786"


@pytest.mark.sqlite("that machines can't share it")
def test_a_service_refuses_a_scheduler_before_its_first_beat(place: Place) -> None:
    """With a store in a file nobody could ever help: the command ends with what to do."""
    done = CliRunner().invoke(cli, ["--config", str(place.config), "run", "--once", "--scheduler", ADDRESS])
    assert isinstance(done.exception, UsageError)
    assert "PostgreSQL" in str(done.exception)
