"""Who may do what: a file's own permissions, and those of the folders above it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheets_sync.local_google.drive.model import ROLES, File, Permission

Files = Mapping[str, File]


def above(file: File, files: Files) -> Iterator[File]:
    """The file, its folder, the folder's folder, and so on."""
    seen: set[str] = set()
    while file.id not in seen:
        seen.add(file.id)
        yield file
        parent = next((files[parent] for parent in file.parents if parent in files), None)
        if parent is None:
            return
        file = parent


def permissions(file: File, files: Files) -> tuple[Permission, ...]:
    """All permissions that count for a file, each id once with its strongest role. A folder's owner may write what is in it."""
    found: dict[str, Permission] = {}
    for place in above(file, files):
        for own in place.permissions:
            inherited_owner = place is not file and own.role == "owner"
            permission = replace(own, role="writer") if inherited_owner else own
            known = found.get(permission.id)
            if known is None or rank(permission.role) > rank(known.role):
                found[permission.id] = permission
    return tuple(found.values())


def rank(role: str) -> int:
    """How much a role allows; -1 for none."""
    return ROLES.index(role) if role in ROLES else -1


def applies(permission: Permission, email: str) -> bool:
    """Whether a permission is the account's. A group has one member: its own address."""
    if permission.type == "anyone":
        return True
    if permission.type == "domain":
        return email.rpartition("@")[2].casefold() == permission.domain.casefold()
    return permission.email.casefold() == email.casefold()


def role(file: File, files: Files, email: str) -> str:
    """The strongest role of an account at a file; "" for none."""
    roles = (found.role for found in permissions(file, files) if applies(found, email))
    return max(roles, key=rank, default="")


def listed(file: File, files: Files, email: str) -> bool:
    """Whether the file shows up in the account's Drive: it is theirs, or shared with them by name (a link alone lists nothing)."""
    return any(found.type in {"user", "group"} and applies(found, email) for found in permissions(file, files))


def audience(file: File, files: Files) -> frozenset[str]:
    """The addresses in whose Drive the file shows up."""
    return frozenset(found.email for found in permissions(file, files) if found.type in {"user", "group"})


def is_trashed(file: File, files: Files) -> bool:
    """Whether the file, or a folder above it, is in the trash."""
    return any(place.trashed for place in above(file, files))


def permission_id(text: str) -> str:
    """Google's number of a person or group (20 digits), the same for the same address everywhere."""
    digest = hashlib.blake2s(text.casefold().encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest, 'big'):020}"[:20]


def root_id(email: str) -> str:
    """The id of an account's My Drive."""
    return f"0A{hashlib.blake2s(email.casefold().encode()).hexdigest()[:14]}Uk9PVA"[:19]
