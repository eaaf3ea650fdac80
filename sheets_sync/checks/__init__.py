"""Asks about figures that can't be, clash, or are odd: observations and history become findings.

The thresholds stand in `options`, set by config/checks.yaml; what a method needs besides stands at the top of its module.
"""

from sheets_sync.checks.check import Checked, check
from sheets_sync.checks.options import CheckOptions
from sheets_sync.rules import CATALOGUE
from sheets_sync.rules.rule import Rule

__all__ = ["CATALOGUE", "CheckOptions", "Checked", "Rule", "check"]
