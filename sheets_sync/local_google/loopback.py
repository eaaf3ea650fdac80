"""Who may speak to the server: programs on this machine that know it as this machine.

A page in a browser reaches a server on 127.0.0.1 under a name of its own that was made to point there, or straight
from its own origin. Both are told by the headers `Host` and `Origin`, which a page can't set.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

HOST = re.compile(r"(?:(?P<name>[A-Za-z0-9.-]+)|\[(?P<ipv6>[0-9A-Fa-f:.]+)\])(?::[0-9]{0,5})?", re.ASCII)
ORIGIN = re.compile(r"https?://(?P<host>[^/?#]+)", re.ASCII | re.IGNORECASE)


def foreign(hosts: Iterable[str], origins: Iterable[str]) -> str:
    """The first `Host` or `Origin` that isn't this machine, as it is told to who sent it; "" if there is none."""
    for host in hosts:
        if not is_local(host):
            return f"Host: {host[:100]}"
    for origin in origins:
        found = ORIGIN.fullmatch(origin.strip())
        if found is None or not is_local(found["host"]):
            return f"Origin: {origin[:100]}"
    return ""


def is_local(host: str) -> bool:
    """Whether a name or address, with or without a port, is `localhost` or a loopback address."""
    found = HOST.fullmatch(host.strip())
    if found is None:
        return False
    name = found["ipv6"] or found["name"].removesuffix(".").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
