"""`python scripts/bench_offices.py TRIAL`: the main job over many offices, tried against the local Google; prints JSON.

    quota        all of them at once, with Google's quota and a second of latency (--offices 514 --credentials 4)
    storm        the service beats each minute; one credential meets nothing but 503 for --minutes; are the others in time?
    interrupted  50 runs ended at random instants (half by SIGTERM, half killed), one finished, beside one that nobody ended

Each run is a process of its own, the server is this one. Without options the trials are small enough for some minutes;
`--offices 514` is the nation. `requests_by_quota` is what the reads would take if the quota were all there is.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from machine import print_measured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from bench_storm import storm
from many_offices import Crowd, many_offices

from sheets_sync.google import GoogleOptions
from sheets_sync.jobs.forecast import forecast
from sheets_sync.local_google.faults import Conditions

READ = "sheets.spreadsheets.get"
USER, PROJECT = 60, 300  # what Google allows in a minute


def sync(here: Crowd) -> dict[str, Any]:
    """One sync to its end: what it says, seconds by the clock on the wall and of its processor, its peak memory."""
    line, environment = here.command("--json", "sync")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with timeline(here) as asked:
        done = subprocess.run(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(done.stdout)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "said": said,
        "seconds": round(seconds, 1),
        "processor": round(processor, 1),
        "peak_mb": after.ru_maxrss // 1024,
        "answered": {method: phases(moments, began) for method, moments in asked.items()},
    }


@contextmanager
def timeline(here: Crowd) -> Iterator[dict[str, list[float]]]:
    """When each of the credentials' requests was answered, by method."""
    ours, asked = {here.google.account(key).email for key in here.credentials.values()}, dict[str, list[float]]()

    def note(entry: Any) -> None:
        if entry.account in ours:
            asked.setdefault(entry.method, []).append(time.monotonic())

    here.google.log.watch(note)
    yield asked


def phases(moments: list[float], began: float) -> dict[str, float]:
    """After how many seconds the first, the tenth, the 236th (the first minute's last of four) and the last one was answered."""
    named = {"first": 0, "40th": 39, "236th": 235, "472nd": 471, "last": len(moments) - 1}
    return {name: round(moments[at] - began, 1) for name, at in named.items() if at < len(moments)}


def counted(here: Crowd) -> Counter[str]:
    """The requests of the credentials by method; `refused` are those that met the quota."""
    ours = {here.google.account(key).email for key in here.credentials.values()}
    entries = [entry for entry in here.google.log.entries if entry.account in ours]
    return Counter(entry.method for entry in entries) + Counter(refused=sum(entry.status == 429 for entry in entries))


def quota(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All offices for the first time, with the quota on; then a run in which nothing changed."""
    allowed: dict[str, Any] = {f"{kind}_per_minute": round(59 * options.scale) for kind in ("reads", "writes")}
    allowed |= {f"project_{kind}_per_minute": round(295 * options.scale) for kind in ("reads", "writes")}
    with many_offices(folder, options.offices, options.credentials, options.libraries, **allowed) as here:
        here.google.log.clear()
        here.google.conditions.quota = Conditions.google(options.scale).quota
        here.google.conditions.latency = options.latency
        first, requests = sync(here), counted(here)
        here.google.log.clear()
        own, again = sync(here), counted(here)
    a_minute = min(USER * options.credentials, PROJECT) * options.scale
    bound = requests[READ] / a_minute * 60
    reads = [
        (f"{n}@p", "p", [f"{n}-{k}" for k in range(requests[READ] // options.credentials)])
        for n in range(options.credentials)
    ]
    return {
        "requests": dict(requests),
        "failures": len(first["said"]["failures"]),
        "seconds": first["seconds"],
        "forecast": round(forecast(GoogleOptions.model_validate(allowed), reads).seconds, 1),
        "requests_by_quota": round(bound, 1),
        "times_the_quota": round(first["seconds"] / bound, 3),
        "processor": first["processor"],
        "peak_mb": first["peak_mb"],
        "answered": first["answered"],
        "the_run_after": {"seconds": own["seconds"], "processor": own["processor"], "requests": dict(again)},
    }


def interrupted(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The same crowd twice: one run after the other is ended at random in the first, none in the second."""
    dice = random.Random(options.seed)  # noqa: S311 - instants, no secrets
    ended: Counter[str] = Counter()
    with ExitStack() as both:
        here, twin = (
            both.enter_context(many_offices(folder / name, options.offices, 2, options.libraries))
            for name in ("ended", "twin")
        )
        here.google.conditions.latency = options.latency
        for number in range(options.interruptions):
            code = dice.choice(list(here.workbooks))
            for each in (here, twin):
                each.retype(code, 200 + number)
            ended[end_one(here, signal.SIGTERM if number % 2 else signal.SIGKILL, dice)] += 1
        here.google.conditions.latency = 0.0
        last, undisturbed = sync(here), sync(twin)
        found, expected = here.stands(), twin.stands()
    differs = [name for name in expected if found[name] != expected[name]]
    return {
        "ended": dict(ended),
        "last": last["said"]["status"],
        "twin": undisturbed["said"]["status"],
        "differs": differs,
    }


def end_one(here: Crowd, how: signal.Signals, dice: random.Random) -> str:
    """Begins a run and ends it after a random number of its requests; tells how it ended."""
    wait, seen = dice.randint(1, len(here.workbooks)), len(here.google.log.entries)
    line, environment = here.command("sync", "--full")
    with subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        while child.poll() is None and len(here.google.log.entries) - seen < wait:
            time.sleep(0.01)
        child.send_signal(how)
        _, said = child.communicate(timeout=120)
    usual = {0: "was done", 3: "ended between offices", -how: "killed"}
    return usual.get(child.returncode, f"status {child.returncode}: {said[-1000:].strip()}")


TRIALS: dict[str, Callable[[argparse.Namespace, Path], dict[str, Any]]] = {
    "quota": quota,
    "storm": storm,
    "interrupted": interrupted,
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trial", choices=TRIALS)
    parser.add_argument("--offices", type=int, default=24)
    parser.add_argument("--credentials", type=int, default=1)
    parser.add_argument("--libraries", type=int, default=1)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds that every request takes longer")
    parser.add_argument("--scale", type=float, default=1.0, help="of Google's quota")
    parser.add_argument("--minutes", type=float, default=5.0, help="that the storm lasts")
    parser.add_argument("--interruptions", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_measured(lambda: {**vars(options), **TRIALS[options.trial](options, Path(folder))})


if __name__ == "__main__":
    main()
