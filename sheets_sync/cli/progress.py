"""How far a run is, as the terminal shows it: one bar over all workbooks, and the time that is left by the forecast."""

from __future__ import annotations

import time
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from sheets_sync.cli.terminal import tell
from sheets_sync.i18n import Language
from sheets_sync.jobs.forecast import Forecast
from sheets_sync.model import Message, msg

_MINUTE = 60


class ForecastLine:
    """For a log: the forecast as a line, if whoever started the run wants to hear of it."""

    def __init__(self, t: Language, wanted: bool) -> None:
        self._t, self._wanted = t, wanted

    def begins(self, forecast: Forecast) -> None:
        if self._wanted and forecast.workbooks:
            tell(self._t(forecast.told()), err=True)

    def done(self, count: int) -> None:
        pass


class Left(ProgressColumn):
    """The time that is left, as the forecast and the pace so far say."""

    def __init__(self, t: Language) -> None:
        super().__init__()
        self.t, self.forecast = t, Forecast()

    def render(self, task: Task) -> Text:
        return Text(self.t(left(self.forecast.remaining(int(task.completed), task.elapsed or 0.0))))


def left(seconds: float) -> Message:
    """A time that is left, in words."""
    if seconds < _MINUTE:
        return msg("{count} s left", count=round(seconds))
    return msg("{count} min left", count=round(seconds / _MINUTE))


class ProgressBar:
    """The forecast, then a bar that goes once from none to all."""

    def __init__(self, t: Language) -> None:
        self._t, self._left = t, Left(t)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), self._left)
        self._bars, self._began = RichProgress(*columns, transient=True), time.monotonic()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def begins(self, forecast: Forecast) -> None:
        self._left.forecast = forecast
        if forecast.workbooks:
            self._bars.console.print(self._t(forecast.told()))
            self._bars.add_task(self._t("Reading workbooks"), total=forecast.workbooks)

    def done(self, count: int) -> None:
        for task in self._bars.task_ids:
            self._bars.update(task, completed=count)
