"""`doctor`: what is wrong, and the exact thing to do."""

from __future__ import annotations

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.terminal import tell


@click.command()
@pass_session
def doctor(session: Session) -> int:
    """Say what is wrong, and the exact thing to do.

    Looks at configuration, keys, sharing, tabs, mail server, clock and store.
    """
    from sheets_sync.jobs.diagnose import examine  # noqa: PLC0415 - pandas comes with it

    lines = []
    with session.app() as app:
        for check in examine(app):
            lines.append({"about": check.about, "well": check.well, "said": session.t(check.said)})
            if not session.as_json:
                tell(f"{'✓' if check.well else '✗'} {session.t(check.said)}")
    if session.as_json:
        session.show("", lines)
    return 0 if all(line["well"] for line in lines) else 3
