"""Prepares a shared workbook: guide, register, forms to fill in, the program's tabs. Pure, and never touches a filled tab."""

from sheets_sync.setup.placing import KnownTabs
from sheets_sync.setup.prepare import Preparation, prepare

__all__ = ["KnownTabs", "Preparation", "prepare"]
