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
    person. A newer file takes the place of an older one; what it corrects of a reported month is told in Rekap and in the
    next report. Where one of the FILES can't be taken, none is.
    """
    from sheets_sync.jobs.places.place_files import bring_in, other_rules, told  # noqa: PLC0415 - pandas comes with it

    with session.app() as app:
        brought = bring_in(app, files)
        warned = [session.t(said) for each in brought for said in other_rules(app, each)]
    documents = [
        {
            "place": each.place.code,
            "period": str(each.sums.period),
            "made_at": each.made_at.isoformat(),
            "libraries": each.sums.libraries,
            "corrects": each.corrects,
        }
        for each in brought
    ]
    session.show("\n".join([*(session.t(told(each)) for each in brought), *warned]), documents)
