"""`import-region`: figures of another installation's place."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_sync.cli.session import Session, pass_session


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@pass_session
def import_region(session: Session, files: tuple[Path, ...]) -> None:
    """Bring in what another installation gives of its place.

    The FILES are those that its `sheets-sync export --what region` made: sums and counts of a month, no library and no
    person. A newer file takes the place of an older one.
    """
    from sheets_sync.jobs.place_files import bring_in, told  # noqa: PLC0415 - pandas comes with it

    with session.app() as app:
        brought = [bring_in(app, file) for file in files]
    documents = [
        {"place": place.code, "period": str(sums.period), "made_at": made_at.isoformat(), "libraries": sums.libraries}
        for place, sums, made_at in brought
    ]
    session.show("\n".join(session.t(told(*each)) for each in brought), documents)
