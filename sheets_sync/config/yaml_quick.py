"""Plain YAML read quickly: a settings file as nearly all are, in a fortieth of the time the careful reader needs.

libyaml finds where things stand; what a word means (`no`, 08.30, 2024-01-31) is ruamel.yaml's to say, once for each word.
Whatever is more than settings need, or wrong, is left to the careful reader, which alone has words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.resolver import implicit_resolvers

from sheets_sync.config.yaml_tree import Node

_LOADER = getattr(yaml, "CBaseLoader", None)  # not there where PyYAML was built without libyaml
# Where the two may read differently: characters that are not seen or end a line for one of them, a merge, a directive, a
# colon that clings to a quotation mark, a text of several lines that begins with a blank one or has a remark at its head.
_UNUSUAL = re.compile(
    r"""[^\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\U0010ffff]|<<|(?m:^%)|["']:\S|[|>][-+0-9]*(?:#| *(?:#.*)?\n *\n)"""
)
_FORMS = [(form, frozenset(first)) for versions, _, form, first in implicit_resolvers if (1, 2) in versions]


class _MoreThanPlain(Exception):  # noqa: N818 - nothing is wrong
    """An anchor, a tag, a name that is no word, or is there twice: the careful reader has to say what it is."""


def quick(path: Path, text: str) -> Node | None:
    """What a file says that holds settings and nothing else; None: it has to be read carefully."""
    if _LOADER is None or _UNUSUAL.search(text):
        return None
    try:
        events = iter(yaml.parse(text, _LOADER))
        _is(next(events), yaml.StreamStartEvent), _is(next(events), yaml.DocumentStartEvent)
        found = _node(path, 1, next(events), events)
        _is(next(events), yaml.DocumentEndEvent), _is(next(events), yaml.StreamEndEvent)
    except Exception:  # noqa: BLE001 - whatever it is, the careful reader meets it again and says it
        return None
    return found if isinstance(found.value, dict) else None


def _node(path: Path, line: int, event: Any, events: Iterator[Any]) -> Node:
    """The thing that begins with an event; `line` is where its name stands."""
    if event.anchor is not None or event.tag is not None:
        raise _MoreThanPlain
    match event:
        case yaml.ScalarEvent():
            return Node(path, line, meaning(event.value) if event.implicit[0] else event.value)
        case yaml.MappingStartEvent():
            return Node(path, line, _section(path, events))
        case _:
            return Node(path, line, list(_list(path, events)))


def _section(path: Path, events: Iterator[Any]) -> dict[Any, Node]:
    found: dict[Any, Node] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        line = event.start_mark.line + 1
        name = _node(path, line, _is(event, yaml.ScalarEvent), events).value
        if name in found:
            raise _MoreThanPlain
        found[name] = _node(path, line, next(events), events)
    return found


def _list(path: Path, events: Iterator[Any]) -> Iterator[Node]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield _node(path, event.start_mark.line + 1, event, events)


def _is(event: Any, kind: type) -> Any:
    if not isinstance(event, kind):
        raise _MoreThanPlain
    return event


@lru_cache(maxsize=4096)
def meaning(word: str) -> Any:
    """What a word without quotation marks stands for, by ruamel.yaml's reading of YAML 1.2.

    Raises:
        _MoreThanPlain: it is a mark of the language's.
        Exception: it has the form of a date or a number and is none.
    """
    if word in ("=", "<<"):
        raise _MoreThanPlain
    if not any(form.match(word) for form, first in _FORMS if word[:1] in first):
        return word
    return YAML(typ="rt").load(word)
