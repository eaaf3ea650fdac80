"""store.yaml: where the data live."""

from __future__ import annotations

from sheets_sync.config.yaml_file import Config


class StoreOptions(Config):
    """The folder of data and the database in it; SHEETS_SYNC_STORE_URL replaces the latter (it may hold a password)."""

    folder: str = "../data"  # relative to the configuration folder: the store, locks, sealed reports
    url: str = ""  # empty: SQLite in the folder; postgresql+psycopg://… for PostgreSQL
