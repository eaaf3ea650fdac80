"""The one name for a JSON object, as Google's documents describe them."""

from __future__ import annotations

from typing import Any

JsonObject = dict[str, Any]
