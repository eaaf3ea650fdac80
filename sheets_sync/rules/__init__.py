"""The catalogue of checks: every question that can be asked, as data, by code.

F blocks the values it names, E wants a reason while the values count, W informs, R says how an entry was read.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sheets_sync.rules.accounting import ACCOUNTING
from sheets_sync.rules.answers import ANSWERS
from sheets_sync.rules.entries import ENTRIES
from sheets_sync.rules.figures import FIGURES
from sheets_sync.rules.places import PLACES
from sheets_sync.rules.register import REGISTER
from sheets_sync.rules.rule import Rule
from sheets_sync.rules.slips import SLIPS
from sheets_sync.rules.tabs import TABS

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in (*ENTRIES, *PLACES, *ANSWERS, *REGISTER, *FIGURES, *SLIPS, *TABS, *ACCOUNTING)}
)
