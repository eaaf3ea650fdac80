"""Looks at a workbook nobody prepared and proposes its configuration, with a reason for each match and its questions."""

from sheets_sync.intake.adopt.correct import corrected
from sheets_sync.intake.adopt.propose import Proposal, propose
from sheets_sync.intake.adopt.render import as_files

__all__ = ["Proposal", "as_files", "corrected", "propose"]
