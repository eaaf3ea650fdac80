"""Templates that somebody may have changed say how things look, and can do nothing else.

Jinja's sandbox keeps them from Python's inner attributes and from changing lists. What it does not know are our own values
and their methods, a `Path` that writes files among them; so only what is named here may be looked into and called.
"""

from __future__ import annotations

from collections.abc import Callable
from types import BuiltinMethodType, CodeType, FunctionType, MappingProxyType, MethodType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

_OURS = "sheets_sync."
_PLAIN = (str, int, float, bool, tuple, list, dict, frozenset, MappingProxyType, type(None))
_MODULES = ("jinja2", "markupsafe", "datetime")


class Sandbox(ImmutableSandboxedEnvironment):
    """Looks into plain values and ours, and calls only their methods and Jinja's own functions."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing of a file, of a library's objects, or behind an underscore."""
        return super().is_safe_attribute(obj, attr, value) and _known(obj)

    def is_safe_callable(self, obj: Any) -> bool:
        """Methods and functions of plain values, of Jinja and of ours; a configuration model's inherited ones are neither."""
        return super().is_safe_callable(obj) and _callable(obj)


def _callable(obj: Callable[..., Any]) -> bool:
    match obj:
        case BuiltinMethodType():  # `str.upper` of a value, `dict.items`
            return _known(obj.__self__)
        case MethodType():
            return _is_from(obj.__func__)
        case FunctionType():
            return _is_from(obj)
        case type():  # `range`, `dict`, `namespace` and other classes Jinja hands out
            return obj in (range, dict) or obj.__module__.startswith("jinja2.")
        case _:
            return _known(obj)


def _known(value: Any) -> bool:
    return isinstance(value, _PLAIN) or _is_from(type(value))


def _is_from(thing: Any) -> bool:
    module = str(thing.__module__)
    return module.startswith(_OURS) or module.split(".", maxsplit=1)[0] in _MODULES


class Compiled(BytecodeCache):
    """Templates as this process has compiled them: offices by the hundred make their mails from the same ten files.

    For environments that are set up alike. Jinja tells by name, path and text whether a template is still the same.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what is known of a template; nothing where its text is another."""
        checksum, code = self._known.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template."""
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code
