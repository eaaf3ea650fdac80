"""What may stand behind a command: checked before anything is done with it."""

from __future__ import annotations

import click

from sheets_sync.config.workbook_id import workbook_id
from sheets_sync.errors import UsageError
from sheets_sync.model import msg


class WorkbookParam(click.ParamType[str]):
    """A workbook's id, or its address in the browser; gives the id."""

    name = "workbook"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """The id.

        Raises:
            UsageError: it is neither.
        """
        try:
            return workbook_id(value)
        except ValueError as error:
            raise UsageError(msg("{value} is not {expected}.", value=value[:80], expected=error.args[0])) from error


WORKBOOK = WorkbookParam()
