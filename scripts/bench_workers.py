"""`python scripts/bench_workers.py`: a sync by two Dask workers on a PostgreSQL of its own, and what it survives; prints JSON.

Everybody types and one process syncs as `sync` does by itself; everybody types again, one worker does; again, two workers
do. Here server, database and scheduler share the machine with them, so that the clock on the wall says little: what a
machine of its own would gain is told by the processor seconds of whoever had most to do.

Then everybody types and in the middle of the run a worker is killed, the scheduler is killed, the database is restarted,
one after the other; each time one more run follows. At the end every figure that was ever typed was seen once, in its
order, none lost and none doubled, and what the sheets and the store say equals what one machine says of them. All of them
talk by TLS. Needs initdb and the extra `dask`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from bench_cluster import Cluster, Database, certified, database
from many_offices import NOW, Crowd, many_offices

from sheets_sync.model import Period
from sheets_sync.store.observations import SAID, month_of
from sheets_sync.store.tables import observations

USER = 60  # reads that Google allows an account in a minute
ELEMENT, MONTH = "visits_onsite", Period(2024, 1)  # of the figure that is typed


class Typist:
    """Everybody types a new figure; and looks at the end whether each was seen once."""

    def __init__(self, here: Crowd) -> None:
        self.here, self.typed = here, list[int]()

    def types(self) -> None:
        self.typed.append(500 + len(self.typed))
        for code in self.here.workbooks:
            self.here.retype(code, self.typed[-1])

    def wrong(self, url: str) -> list[str]:
        """Offices of which the store has not seen each figure once, in order."""
        engine = sqlalchemy.create_engine(url)
        with engine.connect() as connection:
            seen = {code: _values(connection, code) for code in self.here.workbooks}
        engine.dispose()
        return [code for code, values in seen.items() if values != [100, *self.typed]]


def _values(connection: sqlalchemy.Connection, office: str) -> list[float | None]:
    """All that the store has ever seen of an office's figure, the oldest first."""
    here = (observations.c.office == office) & (observations.c.library == "desa-1")
    rows = connection.execute(sqlalchemy.select(*(observations.c[name] for name in SAID)).where(here))
    seen = [each for month in map(month_of, rows) for each in zip(month.since, month.figures, strict=True)]
    return [each.value for _, each in sorted(seen) if each.element == ELEMENT and each.period == MONTH]


def trial(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it."""
    with ExitStack() as running:
        server = running.enter_context(database(folder / "postgres"))
        crowd = many_offices(folder / "here", options.offices, options.credentials, store_url=server.url)
        here = running.enter_context(crowd)
        here.google.conditions.latency = options.latency
        running.enter_context(certified(folder))
        cluster, typist = Cluster(here), Typist(here)
        running.callback(cluster.stop)
        said = {**speed_up(cluster, typist), **losses(cluster, typist, server)}
        said["not seen once each"] = typist.wrong(server.url)
        before = here.stands()
        said["one machine says the same"] = before == after_one_machine(here, cluster)
        return said


def speed_up(cluster: Cluster, typist: Typist) -> dict[str, Any]:
    """What a sync of all offices costs whom: one process by itself, one worker, two; workers have been at work before."""
    offices = len(cluster.here.workbooks)
    cluster.start(2)
    said: dict[str, Any] = {"first": cluster.sync()}
    typist.types()
    said["one process"] = cluster.sync(alone=True)
    said["one process, nothing changed"] = cluster.sync(alone=True)
    typist.types()
    said["two workers"] = cluster.sync()
    cluster.kill_worker()
    typist.types()
    said["one worker"] = cluster.sync()
    [one], two = said["one worker"]["workers"], said["two workers"]["workers"]
    said["processor seconds an office"] = {
        "in one process": round(
            (said["one process"]["process"] - said["one process, nothing changed"]["process"]) / offices, 3
        ),
        "by one worker": round(one / offices, 3),
        "by two, together": round(sum(two) / offices, 3),
    }
    said["speed-up"] = {
        "of machines of their own, by the processor of the busier": round(one / max(two), 2),
        "on this machine, by the clock": round(said["one worker"]["seconds"] / said["two workers"]["seconds"], 2),
    }
    said["accounts that one process keeps up with"] = round(60 / USER / (one / offices))
    return said


def losses(cluster: Cluster, typist: Typist, server: Database) -> dict[str, Any]:
    """Something is lost in the middle of a run, and one more run follows."""
    said, third = dict[str, Any](), len(cluster.here.workbooks) // 3
    for name, befalls in (
        ("a worker killed", cluster.kill_worker),
        ("the scheduler killed", cluster.kill_scheduler),
        ("the database restarted", server.restart),
    ):
        cluster.start(2)
        typist.types()
        said[name] = cluster.sync(befalls, third)
        cluster.start(2 if cluster.scheduler is None else len(cluster.workers))
        said[f"{name}: the run after"] = cluster.sync()
    return said


def after_one_machine(here: Crowd, cluster: Cluster) -> dict[str, Any]:
    """How things stand after this machine alone has read everything again."""
    with cluster.begin("-m", "sheets_sync", "--now", NOW, "sync", "--full") as child:
        child.communicate(timeout=300)
    return here.stands()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=16)
    parser.add_argument("--credentials", type=int, default=4)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds that every request takes longer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({**vars(options), **trial(options, Path(folder))}, indent=2))


if __name__ == "__main__":
    main()
