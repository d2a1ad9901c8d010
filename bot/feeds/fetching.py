"""Fetching a feed over http(s): asked politely, never more than three megabytes, never from inside our network."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin

import aiohttp

from bot.core.feed import FeedFault
from bot.feeds.addresses import OpenResolver, check_address, same_host

LARGEST = 3_000_000
"""Bytes, as they come and unpacked. The calendar of a whole municipality stays under a tenth of it."""

SECONDS = 30.0
MOST_REDIRECTS = 4
HEADER_LONGEST = 200
ASKING = {
    "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "User-Agent": "Brobot (calendar subscription)",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content, or None where nothing has changed; and what to show next time, so that it need not come."""

    content: bytes | None
    etag: str
    modified: str


async def fetch(
    url: str, *, etag: str = "", modified: str = "", inner: bool = False, seconds: float = SECONDS
) -> Fetched:
    """One fetch within `seconds`. `inner` lets addresses of our own network pass. Raises FeedFault."""
    try:
        async with asyncio.timeout(seconds), _session(inner=inner) as session:
            return await _follow(session, url, _conditions(etag, modified), inner=inner)
    except TimeoutError:
        raise FeedFault("slow", f"It did not answer within {seconds:g} seconds.") from None
    except aiohttp.ClientError as error:
        raise FeedFault("down", f"It cannot be reached: {str(error)[:150] or type(error).__name__}.") from None
    except OSError as error:
        raise FeedFault("down", f"It cannot be reached: {error.strerror or type(error).__name__}.") from None


def _session(*, inner: bool) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=OpenResolver(inner=inner), use_dns_cache=False, limit=4),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=ASKING,
        auto_decompress=False,
        trust_env=False,
    )


def _conditions(etag: str, modified: str) -> dict[str, str]:
    return {**({"If-None-Match": etag} if etag else {}), **({"If-Modified-Since": modified} if modified else {})}


async def _follow(session: aiohttp.ClientSession, url: str, conditions: dict[str, str], *, inner: bool) -> Fetched:
    """Follows redirects on the same host only: another host is another calendar, which somebody must want."""
    at = url
    for _ in range(MOST_REDIRECTS + 1):
        check_address(at, inner=inner)
        async with session.get(at, headers=conditions, allow_redirects=False) as answer:
            if answer.status in {301, 302, 303, 307, 308} and answer.headers.get("Location"):
                to = urljoin(at, answer.headers["Location"])
                if not same_host(at, to):
                    raise FeedFault("moved", f"It now leads to another address, {to[:150]}. Subscribe to that one.")
                at = to
                continue
            return await _taken(answer)
    raise FeedFault("down", f"It leads from one address to the next more than {MOST_REDIRECTS} times.")


async def _taken(answer: aiohttp.ClientResponse) -> Fetched:
    etag, modified = (answer.headers.get(name, "")[:HEADER_LONGEST] for name in ("ETag", "Last-Modified"))
    if answer.status == 304:
        return Fetched(None, etag, modified)
    if answer.status in {404, 410}:
        raise FeedFault("gone", f"It is not there any more (HTTP {answer.status}).")
    if answer.status in {401, 403}:
        raise FeedFault("refused", f"It may not be read any more (HTTP {answer.status}).")
    if answer.status != 200:
        raise FeedFault("down", f"It answered HTTP {answer.status}.")
    content = await _body(answer)
    return Fetched(content, etag, modified)


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    """The body, unpacked piece by piece, so that a small answer cannot become a large one here."""
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise FeedFault("down", f"It is packed as {packing[:20]}, which was not asked for.")
    unpacker = None if packing in {"identity", ""} else zlib.decompressobj(zlib.MAX_WBITS | 32)
    taken = bytearray()
    arrived = 0
    async for piece in answer.content.iter_chunked(65_536):
        arrived += len(piece)
        try:
            taken += unpacker.decompress(piece, LARGEST + 1 - len(taken)) if unpacker else piece
        except zlib.error:
            raise FeedFault("down", "It is not packed as it says.") from None
        if max(arrived, len(taken)) > LARGEST or (unpacker and unpacker.unconsumed_tail):
            raise FeedFault("too_big", f"It is larger than {LARGEST // 1_000_000} MB.")
    return bytes(taken)
