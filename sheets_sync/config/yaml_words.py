"""What the YAML reader says, in a sentence: by how its words begin, those words in brackets."""

from __future__ import annotations

import re

from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted

_SENSES: tuple[tuple[str, Message], ...] = (
    (r"could not find expected ':'|mapping values|mapping keys", msg("a setting is written as `name: value`, in line with the others; a text with a colon stands in quotes")),
    (r"sequence entries|expected a sequence|expected <block end>|more indented", msg("the lines do not stand under each other; look at the spaces in front")),
    (r"expected ',' or|found unexpected ':'", msg("a bracket is not closed, or a comma is missing")),
    (r"found unexpected end of stream|found unexpected document separator", msg("a quotation mark is not closed")),
    (r"found unknown escape|expected escape sequence", msg("in double quotes \\ has a meaning of its own; use single quotes")),
    (r"found character .* cannot start any token", msg("a text can't begin with this character (or with a tab); put it in quotes, and use spaces in front")),
    (r"found duplicate key|found undefined alias|found duplicate anchor", msg("a name is there twice, or one is used that is not there")),
    (r"expected a (?:single document|mapping|scalar|single mapping)|.*document", msg("one file holds one list of settings; look for --- and for brackets")),
    (r"expected the node content", msg("a value is missing here")),
    (r"found unhashable key", msg("a setting's name is a plain text")),
    (r"expected (?:a comment|chomping|indentation)", msg("behind | or > nothing else may stand on the line")),
    (r".*\btag\b|expected (?:'!'|'>'|' '|URI|a digit|the empty|non-empty)|.*directive|cannot find|failed to (?:conv|deco)", msg("! and % have a meaning of their own; put the text in quotes")),
    (r"expected alphabetic", msg("& and * have a meaning of their own; put the text in quotes")),
    (r"failed to construct timestamp|(?:year|month|day|hour|minute|second) (?:is|must|\d)", msg("there is no such date")),
    (r"string index|could not convert|invalid literal|Exceeds the limit", msg("this is no number; put a text in quotes")),
    (r"maximum (?:recursion )?depth", msg("too much inside each other")),
    (r".*special characters", msg("a character that can't be seen stands in the file; take it out")),
)  # fmt: skip
_ELSE = msg("the file can't be read as settings")


def yaml_said(problem: str) -> Message:
    """What is wrong with a file that is no YAML."""
    return quoted(next((sense for form, sense in _SENSES if re.match(form, problem)), _ELSE), problem)
