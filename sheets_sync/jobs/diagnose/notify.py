"""Whether anybody is told when something goes wrong: who is named, and whether the ways to them can be used."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.app import App
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.model import msg


def notify(app: App) -> Iterator[Check]:
    """That somebody is named, and that each way is one that is known here. Nothing is sent."""
    ways, own = app.ways(), [way for office in app.settings.reporting for way in app.own_ways(office)]
    for way in (*ways, *own):
        problem = way.unusable()
        if problem is not None:
            yield Check("way", False, problem)
    for name, failed in app.store.notices.failures().items():
        yield Check("way", False, msg("You can't be told by way of {way}: {problem}", way=name, problem=failed.problem))
    if ways:
        names = [each.name for each in (*ways, *own)]
        yield Check("notify", True, msg("When something goes wrong, people are told by {ways}.", ways=names))
    else:
        said = msg(
            "Nobody is told when something goes wrong. Name somebody under `notify` in service.yaml, like mail: "
            "[operator@dinas.go.id]."
        )
        yield Check("notify", False, said)
