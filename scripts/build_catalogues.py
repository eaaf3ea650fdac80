"""A build hook: a wheel carries the message catalogues compiled. A clone needs no build; it compiles them in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles every .po beside the sources and adds the result, never into the source tree."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `version` is `standard` or `editable`."""
        if version == "editable":
            return
        folder = Path(tempfile.mkdtemp(prefix="catalogues-"))
        for source in (Path(self.root) / "sheets_sync" / "locale").glob("*/LC_MESSAGES/*.po"):
            inside = source.relative_to(self.root).with_suffix(".mo")
            compiled = folder / inside
            compiled.parent.mkdir(parents=True)
            with source.open("rb") as text, compiled.open("wb") as target:
                mofile.write_mo(target, pofile.read_po(text))
            build_data["force_include"][str(compiled)] = str(inside)
