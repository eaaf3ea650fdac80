"""A store from before tabs were known by their ids: what was ours stays ours, and of others' tabs nothing becomes ours."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config

from sheets_sync.store import Store
from sheets_sync.store.engine import HEAD


def older_store(file: Path, layout: list[dict[str, object]]) -> str:
    """A store as the last version left it, with one workbook."""
    from sheets_sync import store

    engine = sqlalchemy.create_engine(url := f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        row = {"office": "o", "workbook": "b", "title": "", "locale": "", "fingerprint": "", "dirty": False}
        names = ", ".join([*row, "layout"])
        values = ", ".join(f":{name}" for name in [*row, "layout"])
        insert = sqlalchemy.text(f"INSERT INTO workbooks ({names}) VALUES ({values})")
        connection.execute(insert, {**row, "layout": json.dumps(layout)})
    engine.dispose()
    return url


def tab(sheet_id: int, marks: list[str], *, seen: bool) -> dict[str, object]:
    texts: list[list[str]] = [["Rekap"]] if seen else []
    lists: dict[str, list[str]] = {"ids": [], "tables": [], "rules": []}
    size = {"row_count": 9, "column_count": 9}
    return {"sheet_id": sheet_id, "title": "T", "texts": texts, "marks": marks, "seen": seen, **size, **lists}


def test_pages_of_an_older_store_stay_ours(tmp_path: Path) -> None:
    """The tabs whose texts were kept are ours, by the mark that we put on them; a mark on another tab makes none ours."""
    ours, theirs = tab(5, ["catatan", "sheets-sync: rekap"], seen=True), tab(7, ["sheets-sync: details"], seen=False)
    store = Store(older_store(tmp_path / "store.sqlite3", [ours, theirs]))
    record = store.workbooks("o")["b"]
    store.close()
    assert (dict(record.own), record.given, HEAD >= "0010") == ({"rekap": 5}, frozenset(), True)
