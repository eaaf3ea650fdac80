"""A run over many offices on a clock that nobody waits for: by the pace of the program, its threads and its reading ahead.

Each office costs a read, some of the one processor, and a write; every request takes its latency after it may go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count

from sheets_sync.google import GoogleOptions
from sheets_sync.google.pace import RequestKind, RequestPace, SheetsRequest


@dataclass(slots=True)
class Machine:
    """The clock, one processor and the pace of all requests. Seconds."""

    options: GoogleOptions
    latency: float
    work: float
    now: float = 0.0
    busy_until: float = 0.0
    events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    number: count[int] = field(default_factory=count)
    pace: RequestPace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = RequestPace(self.options)

    def at(self, moment: float, do: Callable[[], None]) -> None:
        heappush(self.events, (moment, next(self.number), do))

    def ask(self, request: SheetsRequest, then: Callable[[], None]) -> None:
        self.at(self.pace.reserve(request, self.now) + self.latency, then)

    def compute(self, then: Callable[[], None]) -> None:
        self.busy_until = max(self.now, self.busy_until) + self.work
        self.at(self.busy_until, then)

    def run(self) -> float:
        """Until nothing is left to do; the moment of it."""
        while self.events:
            self.now, _, do = heappop(self.events)
            do()
        return self.now


@dataclass(slots=True)
class Side:
    """A credential: its offices in order, some at work, some read ahead."""

    machine: Machine
    account: str
    offices: int
    depth: int
    begun: int = 0
    taken: int = 0
    arrived: set[int] = field(default_factory=set)
    waited_for: set[int] = field(default_factory=set)

    def start(self) -> None:
        for _ in range(self.depth):
            self.begin()
        for _ in range(self.machine.options.threads):
            self.take()

    def begin(self) -> None:
        if self.begun < self.offices:
            self.machine.ask(self.request(RequestKind.READ, self.begun), partial(self.arrives, self.begun))
            self.begun += 1

    def take(self) -> None:
        """A thread takes the next office."""
        if self.taken < self.offices:
            office, self.taken = self.taken, self.taken + 1
            self.begin()
            self.waited_for.add(office)
            self.go_on(office)

    def arrives(self, office: int) -> None:
        self.arrived.add(office)
        self.go_on(office)

    def go_on(self, office: int) -> None:
        if office in self.arrived and office in self.waited_for:
            self.machine.compute(partial(self.write, office))

    def write(self, office: int) -> None:
        self.machine.ask(self.request(RequestKind.WRITE, office), self.take)

    def request(self, kind: RequestKind, office: int) -> SheetsRequest:
        return SheetsRequest(kind, self.account, "project", f"{self.account} {office}")


def seconds_of(
    offices: int, credentials: int, depth: int, *, options: GoogleOptions | None = None, start: float, work: float,
    latency: float = 1.0,
) -> float:  # fmt: skip
    """How long a run takes whose first read goes after `start` seconds."""
    machine = Machine(options or GoogleOptions(), latency, work)
    for number in range(credentials):
        mine = len(range(number, offices, credentials))
        machine.at(start, Side(machine, f"{number}@project", mine, depth).start)
    return machine.run()
