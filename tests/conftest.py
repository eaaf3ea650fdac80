"""Being here puts this folder on the path, so that tests of every kind find the sample values beside it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import postgres
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from installation import Installation
    from snapshot import Kept

SUPPORT = {path.stem for path in (Path(__file__).parent / "support").glob("*.py")}

# The modules that take longest, in that order: workers begin with them, so that none has one left when the others are done.
# From the times of each module's tests: `python3 scripts/test.py --durations=0 -vv`.
LONGEST = (
    *("test_page_in_browser", "test_google_away", "test_who_gets_mail", "test_upgrade", "test_left_out"),
    *("test_approving_in_the_sheet", "test_telling_people", "test_hostile_texts", "test_clock", "test_gone"),
    *("test_killed_jobs", "test_docs_pictures", "test_guide", "test_two_stores", "test_own_tabs", "test_doctor"),
    *("test_personal_data", "test_identity", "test_years", "test_codes", "test_adopt_trials", "test_bad_input"),
    *("test_new_year", "test_demo_in_browser", "test_logins", "test_main_job", "test_secrets_and_files"),
    *("test_service", "test_five_months", "test_setup_again", "test_fault_table", "test_two_offices"),
)

gc.set_threshold(100_000, 20, 50)  # looking for garbage as often as Python does by itself takes a twentieth of the time

settings.register_profile("patient", deadline=None)  # no test asserts a time, least of all on a busy machine
settings.load_profile("patient")


@pytest.fixture
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty database, of this test's own, on the PostgreSQL that the environment names; gives its address."""
    with ExitStack() as made:
        yield lambda: made.enter_context(postgres.database(ready=False))


@pytest.fixture
def here(made: Kept) -> Installation:
    """What a module has made for its tests, as it was made."""
    return made.again()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest modules come first.

    On PostgreSQL what has no store is not run again, and what is about a store in a file is left out with its reason.
    """
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
    if not postgres.chosen():
        return
    storeless = [item for item in items if not isinstance(item, pytest.Function) or not has_store(item.module)]
    config.hook.pytest_deselected(items=storeless)
    items[:] = [item for item in items if item not in storeless]
    for item in items:
        if (mark := item.get_closest_marker("sqlite")) is not None:
            item.add_marker(pytest.mark.skip(reason=f"a store in a file: {mark.args[0]}"))


@cache
def has_store(module: ModuleType) -> bool:
    """Whether a module of tests works in places that have a store, itself or through what it takes from tests/support."""
    origins = {str(getattr(each, "__module__", "")) for each in vars(module).values()}
    taken = origins & SUPPORT - {module.__name__}
    return "ready_store" in taken or any(has_store(sys.modules[name]) for name in taken)
