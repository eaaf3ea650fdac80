"""What is remembered: observations with their history, findings, scores, runs, seals and deliveries."""

from __future__ import annotations

from sqlalchemy import Engine

from sheets_sync.store.deliveries import Deliveries
from sheets_sync.store.engine import open_engine
from sheets_sync.store.findings import Findings
from sheets_sync.store.observations import Observations
from sheets_sync.store.page_state import PageStates
from sheets_sync.store.register import Register
from sheets_sync.store.runs import Runs
from sheets_sync.store.scores import Scores
from sheets_sync.store.seals import Seals
from sheets_sync.store.workbooks import Workbooks

__all__ = ["Store"]


class Store:
    """One database, seen by subject. Each reading method is a transaction of its own.

    What must be saved together is saved in one `with store.engine.begin() as connection:` by the `record` and `save`
    functions of the subjects' modules; none spans a network call.
    """

    def __init__(self, url: str) -> None:
        """Opens the database.

        Raises:
            ConfigError: it can't be opened.
        """
        self.engine: Engine = open_engine(url)
        self.deliveries = Deliveries(self.engine)
        self.findings = Findings(self.engine)
        self.observations = Observations(self.engine)
        self.register = Register(self.engine)
        self.runs = Runs(self.engine)
        self.scores = Scores(self.engine)
        self.seals = Seals(self.engine)
        self.page_state = PageStates(self.engine)
        self.workbooks = Workbooks(self.engine)

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()
