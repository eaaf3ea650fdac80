"""A store from before codes named libraries letter by letter: each library is still found by its code as it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy
from alembic import command
from alembic.config import Config

from sheets_sync import store
from sheets_sync.store import Store

MARKS = "INSERT INTO identity_marks (office, identity, kind, value, current) VALUES ('o', :identity, 'code', :value, :current)"
ROWS = "INSERT INTO libraries (office, code, position, library, identity) VALUES ('o', :code, 0, :library, :identity)"


@pytest.mark.parametrize(
    ("code", "folded", "current", "wanted"),
    [
        pytest.param("PD-001", "pd 001", True, {("pd 001", True), ("pd-001", True)}, id="a sign within"),
        pytest.param("T", "t", True, {("t", True)}, id="the same"),
        pytest.param("PD.001", "pd 001", False, {("pd 001", False), ("pd.001", False)}, id="its row is gone"),
    ],
)
def test_codes_become_marks_as_they_stand(
    tmp_path: Path,
    code: str,
    folded: str,
    current: bool,
    wanted: set[tuple[str, bool]],
) -> None:
    """The mark of a code is what is typed, in lower case; it is current where the library's others are."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    engine, config = sqlalchemy.create_engine(url), Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        library = json.dumps({"code": code, "name": "Tangkum"})
        connection.execute(sqlalchemy.text(ROWS), {"code": code, "library": library, "identity": f"={code}"})
        mark = {"identity": f"={code}", "value": folded, "current": current}
        connection.execute(sqlalchemy.text(MARKS), mark)
    Store(url).close()
    with engine.connect() as connection:
        kept = connection.execute(sqlalchemy.text("SELECT value, current FROM identity_marks")).all()
    engine.dispose()
    assert {(value, bool(now)) for value, now in kept} == wanted
