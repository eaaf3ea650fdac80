"""Understands what people typed: a workbook's grid becomes observations, questions, and the register of libraries."""

from sheets_sync.intake.binding import given_by, keep_to
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.gone import Before, Kept, keep_gone
from sheets_sync.intake.interpret import interpret
from sheets_sync.intake.interpretation import Interpretation, ReadRegister, RowNote, TableUse, TabUse
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.register import read_register

__all__ = [
    "Before",
    "Directory",
    "Inputs",
    "Interpretation",
    "Kept",
    "ReadRegister",
    "RowNote",
    "TabUse",
    "TableUse",
    "given_by",
    "interpret",
    "keep_gone",
    "keep_to",
    "read_register",
]
