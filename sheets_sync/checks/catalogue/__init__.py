"""The catalogue of checks: every question that can be asked, as data, by code.

F blocks the values it names, E wants a reason while the values count, W informs, R says how an entry was read.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sheets_sync.checks.catalogue.entries import ENTRIES
from sheets_sync.checks.catalogue.figures import FIGURES
from sheets_sync.checks.catalogue.places import PLACES
from sheets_sync.checks.catalogue.slips import SLIPS
from sheets_sync.checks.rule import Rule

CATALOGUE: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in (*ENTRIES, *PLACES, *FIGURES, *SLIPS)})
