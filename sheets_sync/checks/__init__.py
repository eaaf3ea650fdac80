"""Asks about figures that can't be, clash, or are odd: observations and history become findings."""

from sheets_sync.checks.check import Checked, check
from sheets_sync.checks.options import CheckOptions
from sheets_sync.rules import CATALOGUE
from sheets_sync.rules.rule import Rule

__all__ = ["CATALOGUE", "CheckOptions", "Checked", "Rule", "check"]
