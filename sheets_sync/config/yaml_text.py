"""A YAML file as a tree of values and lines: read quickly where it is plain, carefully where it is not; each fault has its line."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.reader import ReaderError

from sheets_sync.config.yaml_quick import meaning, quick
from sheets_sync.config.yaml_tree import Node
from sheets_sync.config.yaml_words import yaml_said
from sheets_sync.errors import ConfigError, passes
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by


def read_tree(path: Path) -> Node:
    """What a file says.

    Raises:
        ConfigError: it is missing, no text, or no YAML; names the line.
    """
    try:
        return tree(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(msg("The configuration file {path} is missing.", path=str(path))) from error
    except UnicodeDecodeError as error:
        raise ConfigError(msg("{path} is not a text file in UTF-8; save it as UTF-8.", path=str(path))) from error
    except OSError as error:
        raise unusable(path, error) from error


def unusable(path: Path, error: OSError) -> ConfigError:
    """What the system says of a file or folder of the configuration that it does not let us read.

    Raises:
        OSError: it may be over by itself.
    """
    if passes(error):
        raise error
    return ConfigError(
        msg(
            "{path} can't be read: {problem}. Let it be there as the guide describes it, readable for sheets-sync.",
            path=path,
            problem=said_by(error),
        )
    )


@lru_cache(maxsize=128)
def tree(path: Path, text: str) -> Node:
    """What a file's text says; kept, since hundreds of offices lay their own over the same files.

    Raises:
        ConfigError: it is no YAML.
    """
    return quick(path, text) or careful(path, text)


def careful(path: Path, text: str) -> Node:
    """What a file's text says, whatever YAML allows in it.

    Raises:
        ConfigError: it is no YAML, or something in it looks like a date or a number and is none.
    """
    try:
        return _node(path, 1, YAML(typ="rt").load(text) or {})
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _no_yaml(path, mark and mark.line + 1, str(error.problem or error.context)) from error
    except ReaderError as error:
        raise _no_yaml(path, text.count("\n", 0, error.position) + 1, error.reason) from error
    except RecursionError as error:
        raise _no_yaml(path, None, str(error)) from error
    except Exception as error:  # 30 February: whatever it trips over
        raise _no_yaml(path, _senseless(text), str(error)) from error


def _node(path: Path, line: int, value: Any) -> Node:
    if isinstance(value, CommentedMap | CommentedSeq):
        stands = value.lc.data or {}  # not of what comes from an anchor: that stands where it is used
        numbered = value.items() if isinstance(value, CommentedMap) else enumerate(value)
        nodes = {key: _node(path, stands[key][0] + 1 if key in stands else line, each) for key, each in numbered}
        return Node(path, line, nodes if isinstance(value, CommentedMap) else list(nodes.values()))
    return Node(path, line, value)


def _no_yaml(path: Path, line: int | None, problem: str) -> ConfigError:
    where, problem = f"{path}:{line}" if line else str(path), " ".join(problem.split())
    return ConfigError(msg("{where}: this is not valid YAML: {problem}", where=where, problem=yaml_said(problem)))


def _senseless(text: str) -> int | None:
    """The line of the first word that has a date's or a number's form and is none; None: it is something else."""
    with suppress(Exception):  # of the text itself, not of a word of it
        for event in YAML(typ="rt").parse(text):
            if isinstance(event, ScalarEvent) and event.implicit[0] and not _means(event.value):
                return int(event.start_mark.line) + 1
    return None


def _means(word: str) -> bool:
    try:
        meaning(word)
    except Exception:  # noqa: BLE001 - as above
        return False
    return True
