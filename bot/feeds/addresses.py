"""Which addresses a feed may be fetched from: the open web, never what lies inside our own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.core.feed import FeedFault

PORTS = {"http": 80, "https": 443}
LONGEST = 1_000
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
INNER = "It leads to {where}, which is not an address of the open web."


def feed_address(said: str) -> str:
    """An address as it is kept: `webcal:` is https. Raises ValueError with what is wrong, in plain English."""
    parts = urlsplit(said.strip())
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in PORTS or not parts.hostname:
        raise ValueError("is not an address that begins with https://, http:// or webcal://")
    if parts.username or parts.password:
        raise ValueError("holds a name or password; ask for a public or secret link without one")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("has no port from 1 to 65535 after its colon") from None
    if len(said) > LONGEST or any(character.isspace() or ord(character) < 32 for character in said.strip()):
        raise ValueError(f"holds spaces, or more than {LONGEST} characters")
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    return urlunsplit((scheme, f"{host}:{port}" if port else host, parts.path or "/", parts.query, ""))


def is_open(address: str) -> bool:
    """Whether an IP address belongs to the open web, also when it hides an inner one (mapped, 6to4, NAT64)."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped
        if found in NAT64:
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found in SIX_TO_FOUR:
            hidden = found.sixtofour
        if hidden is not None:
            return is_open(str(hidden))
    return found.is_global and not found.is_multicast


def check_address(url: str, *, inner: bool) -> None:
    """Raises FeedFault for an address that no feed may have; names are looked at when they are resolved."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise FeedFault("inner", "It leads to something that is not http or https.")
    if inner:
        return
    if (parts.port or PORTS[parts.scheme]) not in PORTS.values():
        raise FeedFault("inner", f"It leads to port {parts.port}; only 80 and 443 are asked.")
    try:
        known = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return
    if not is_open(str(known)):
        raise FeedFault("inner", INNER.format(where=parts.hostname))


class OpenResolver(AbstractResolver):
    """Resolves names, and gives only addresses of the open web: what is checked is what is connected to."""

    def __init__(self, *, inner: bool) -> None:
        self._inner = inner
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        kept = found if self._inner else [each for each in found if is_open(each["host"])]
        if not kept:
            raise FeedFault("inner", INNER.format(where=host))
        return kept

    async def close(self) -> None:
        await self._names.close()


def same_host(first: str, second: str) -> bool:
    """Whether both addresses are of one host, and the second is not less safe."""
    one, other = urlsplit(first), urlsplit(second)
    safe = other.scheme in {"https", one.scheme}
    return safe and one.hostname == other.hostname
