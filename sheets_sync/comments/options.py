"""comments.yaml: whether and how much to say at the cells."""

from __future__ import annotations

import pydantic

from sheets_sync.config.yaml_file import Config


class CommentOptions(Config):
    """Comments can be switched off; then only the list of questions tells."""

    comments: bool = True
    new_threads_per_library_and_day: int = pydantic.Field(3, ge=0)
    assign: bool = True  # Google then notifies the library's contact by itself
