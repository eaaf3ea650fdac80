"""The `fields` of an update request."""

from __future__ import annotations

from sheets_sync.local_google.fieldmask import ALL, FieldMask, MaskError, parse
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.schema import snake
from sheets_sync.local_google.sheets.batch import Refused
from sheets_sync.local_google.validation import outside


def listed(request: JsonObject, schema: str) -> FieldMask:
    """The mask of a request whose fields belong to a schema.

    Raises:
        Refused: there is none, or it names a field that the schema doesn't have.
    """
    text = request.get("fields", "")
    if not text:
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = parse(text)
    except MaskError as bad:
        raise Refused(f"Invalid field: {text}") from bad
    for path in outside("sheets", schema, mask):
        raise Refused(f"Invalid field: {snake(path)}")
    return paired(mask)


def paired(mask: FieldMask) -> FieldMask:
    """A mask that names a colour in one notation means both."""
    if mask.all:
        return mask
    children = {name: paired(below) for name, below in mask.children.items()}
    for name in mask.children:
        if name.casefold().endswith("color"):
            children[f"{name}Style"] = ALL
        elif name.casefold().endswith("colorstyle"):
            children[name.removesuffix("Style")] = ALL
    return FieldMask(children=children)
