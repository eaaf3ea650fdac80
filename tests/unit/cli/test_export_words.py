"""Words of `export` that don't go together are told before anything is opened, and none is passed over in silence."""

from __future__ import annotations

import pytest

from sheets_sync.cli.group import run_cli


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--place", "62.13"], "--place goes with --what region only"),
        (["--what", "scores", "--place", "62.13"], "--place goes with --what region only"),
        (["--what", "open-data", "--place", "62.13"], "--place goes with --what region only"),
        (["--what", "region", "--period", "2024-01..2024-03"], "--what region is of one month"),
        (["--format", "xlsx"], "add --out FILE"),
        (["--what", "open-data", "--format", "xlsx"], "Open data are CSV or JSON"),
        (["--period", "2024-13"], "is not a month like 2024-10"),
    ],
)
def test_words_that_do_not_go_together_are_told(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, and a sentence that says what goes with what."""
    assert run_cli(["--lang", "en", "--config", "none", "export", *words]) == 2
    assert said in capsys.readouterr().err
