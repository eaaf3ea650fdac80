"""A file or folder that a setting names: relative to the folder of the configuration, wherever the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo


def _from_folder(value: Any, info: ValidationInfo) -> Any:
    if value is None or not str(value).strip():
        return None
    folder = (info.context or {}).get("folder", Path())
    return folder / Path(str(value)).expanduser()


PathSetting = Annotated[Path | None, BeforeValidator(_from_folder)]
"""A path, or None where nothing stands; the validation's context tells the `folder` that it is relative to."""
