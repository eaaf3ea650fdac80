"""`python scripts/bench_workers.py`: a sync by two Dask workers on a PostgreSQL of its own, and what it survives; prints JSON.

By the clock: where nothing but Google is waited for (--wait seconds for each request), how long all offices take with one
account and one worker, with two accounts and one worker, with two accounts and two workers. The second account is what
makes it faster, and one process has that as well: there a second worker brings nothing, and costs little.

By the processor, where it is the narrow place: everybody types and one process syncs as `sync` does by itself; everybody
types again, one worker does; again, two workers do. Server, database and scheduler share the machine with them, so that
the clock says little; what a machine of its own would gain is told by the processor seconds of whoever had most to do.

Then everybody types and in the middle of the run a worker is killed, the scheduler is killed, the database is restarted,
one after the other; each time one more run follows. At the end every figure that was ever typed was seen once, in its
order, none lost and none doubled, and what the sheets and the store say equals what one machine says of them. All of them
talk by TLS. Needs initdb and the extra `dask`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from machine import print_measured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from bench_cluster import Cluster, Database, certified, database
from many_offices import Crowd, many_offices

from sheets_sync.model import Period
from sheets_sync.store.observations import month_of, said_in
from sheets_sync.store.tables import observations

USER = 60  # reads that Google allows an account in a minute
ELEMENT, MONTH = "visits_onsite", Period(2024, 1)  # of the figure that is typed


class Typist:
    """Everybody types a new figure; and looks at the end whether each was seen once.

    They type at once: Google's latency is what a sync has to wait for, and forty who type one after another would have
    waited minutes for it before each sync of seconds.
    """

    def __init__(self, here: Crowd) -> None:
        self.here, self.typed = here, list[int]()

    def types(self) -> None:
        self.typed.append(500 + len(self.typed))
        conditions = self.here.google.conditions
        latency, conditions.latency = conditions.latency, 0.0
        for code in self.here.workbooks:
            self.here.retype(code, self.typed[-1])
        conditions.latency = latency

    def wrong(self, url: str) -> list[str]:
        """Offices of which the store has not seen each figure once, in order."""
        engine = sqlalchemy.create_engine(url)
        with engine.connect() as connection:
            seen = {code: _values(connection, code) for code in self.here.workbooks}
        engine.dispose()
        return [code for code, values in seen.items() if values != [100, *self.typed]]


def _values(connection: sqlalchemy.Connection, office: str) -> list[float | None]:
    """All that the store has ever seen of an office's figure: what has gone in the order in which it went, then what stands.

    Not by the moments: every run begins at the same one, and tells of what it saw sooner the faster it was.
    """
    here = (observations.c.office == office) & (observations.c.library == "desa-1")
    order = observations.c.gone_at.is_(None), observations.c.id
    said = sqlalchemy.select(*said_in(observations)).where(here).order_by(*order)
    figures = [each for row in connection.execute(said) for each in month_of(row).figures]
    return [each.value for each in figures if each.element == ELEMENT and each.period == MONTH]


def trial(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it."""
    with ExitStack() as running:
        server = running.enter_context(database(folder / "postgres"))
        running.enter_context(certified(folder))
        waiting = by_the_clock(options, folder, server)
        crowd = many_offices(folder / "here", options.offices, options.credentials, store_url=server.url)
        here = running.enter_context(crowd)
        here.google.conditions.latency = options.latency
        cluster, typist = Cluster(here), Typist(here)
        running.callback(cluster.stop)
        said = {
            "by the clock, waiting for Google": waiting,
            **speed_up(cluster, typist),
            **losses(cluster, typist, server),
        }
        said["not seen once each"] = typist.wrong(server.url)
        before = here.stands()
        said["one machine says the same"] = before == after_one_machine(here, cluster)
        return said


def by_the_clock(options: argparse.Namespace, folder: Path, server: Database) -> dict[str, Any]:
    """Seconds from the first request of a sync of all offices to its last answer, by accounts and workers."""
    seconds: dict[str, float] = {}
    for accounts, workers in ((1, 1), (2, 1), (2, 2)):
        name = f"accounts_{accounts}_workers_{workers}"
        with many_offices(folder / name, options.offices, accounts, store_url=server.another(name)) as here:
            cluster, typist = Cluster(here), Typist(here)
            try:
                cluster.start(workers)
                cluster.sync()
                here.google.conditions.latency = options.wait
                typist.types()
                with answered(here) as moments:
                    cluster.sync()
            finally:
                cluster.stop()
        seconds[f"accounts: {accounts}, workers: {workers}"] = round(moments[-1] - moments[0] + options.wait, 1)
    alone, both, apart = seconds.values()
    return {
        "seconds": seconds,
        "times as fast": {
            "two workers with an account each as one worker with one": round(alone / apart, 2),
            "two workers as one worker, both with two accounts": round(both / apart, 2),
        },
    }


@contextmanager
def answered(here: Crowd) -> Iterator[list[float]]:
    """When each request of the accounts was answered, in seconds of some clock."""
    ours = {here.google.account(key).email for key in here.credentials.values()}
    moments: list[float] = []
    here.google.log.watch(lambda entry: moments.append(time.monotonic()) if entry.account in ours else None)
    yield moments


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
        "on the processors of this machine, which all share, by the clock": round(
            said["one worker"]["seconds"] / said["two workers"]["seconds"], 2
        ),
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
    cluster.run("sync", "--full")
    return here.stands()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=16)
    parser.add_argument("--credentials", type=int, default=4)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds that every request takes longer")
    parser.add_argument("--wait", type=float, default=1.0, help="the same where nothing but Google is waited for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_measured(lambda: {**vars(options), **trial(options, Path(folder))})


if __name__ == "__main__":
    main()
