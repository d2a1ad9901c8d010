"""Feeds over the web: asked politely, refused where they lead inside, and never larger or slower than they may be."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.core.feed import FeedFault
from bot.feeds.addresses import OpenResolver, check_address, feed_address, is_open
from bot.feeds.fetching import LARGEST, Fetched, fetch

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"

BODIES = {
    "/calendar.ics": (CALENDAR, {"ETag": '"1"', "Last-Modified": "yesterday"}),
    "/packed": (gzip.compress(CALENDAR), {"Content-Encoding": "gzip"}),
    "/deflated": (zlib.compress(CALENDAR), {"Content-Encoding": "deflate"}),
    "/bomb": (gzip.compress(b"0" * 50_000_000), {"Content-Encoding": "gzip"}),
    "/torn": (b"no gzip", {"Content-Encoding": "gzip"}),
    "/odd": (b"?", {"Content-Encoding": "br"}),
}
LEADS_TO = {
    "/here": "/calendar.ics",
    "/round": "/round",
    "/away": "http://example.org/calendar.ics",
    "/file": "file:///etc/passwd",
}


class Elsewhere:
    """A web server that does what a test says, and remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.headers))
        path = request.path
        if path == "/large":
            return await self.endless(request)
        if path == "/slow":
            await asyncio.sleep(30)
        if path == "/calendar.ics" and request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304, headers={"ETag": '"1"'})
        if path in BODIES:
            body, headers = BODIES[path]
            return web.Response(body=body, headers=headers)
        if path in LEADS_TO:
            return web.Response(status=302, headers={"Location": LEADS_TO[path]})
        return web.Response(status=int(path[1:]) if path[1:].isdigit() else 200)

    async def endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            for _ in range(LARGEST // 100_000 * 30):
                await answer.write(b"X" * 100_000)
        except ConnectionError:
            pass
        return answer


@asynccontextmanager
async def elsewhere() -> AsyncIterator[tuple[Elsewhere, TestServer]]:
    site = Elsewhere()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    try:
        yield site, server
    finally:
        await server.close()


@pytest.fixture
async def site() -> AsyncIterator[tuple[Elsewhere, TestServer]]:
    async with elsewhere() as found:
        yield found


Site = tuple[Elsewhere, TestServer]


async def kind_of(server: TestServer, path: str, *, seconds: float = 10.0) -> str:
    with pytest.raises(FeedFault) as fault:
        await fetch(str(server.make_url(path)), inner=True, seconds=seconds)
    assert str(fault.value).endswith(".")
    return fault.value.kind


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    asked, server = site
    url = str(server.make_url("/calendar.ics"))
    first = await fetch(url, inner=True)
    assert first == Fetched(CALENDAR, '"1"', "yesterday")
    assert (await fetch(url, etag=first.etag, modified=first.modified, inner=True)).content is None
    assert [each.get("If-None-Match") for each in asked.asked] == [None, '"1"']
    assert asked.asked[1]["If-Modified-Since"] == "yesterday"
    assert "Brobot" in asked.asked[0]["User-Agent"]


@pytest.mark.parametrize("path", ["/packed", "/deflated", "/here"])
async def test_packed_answers_and_redirects_on_the_same_host_are_followed(site: Site, path: str) -> None:
    assert (await fetch(str(site[1].make_url(path)), inner=True)).content == CALENDAR


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *(("/404", "gone"), ("/410", "gone"), ("/401", "refused"), ("/403", "refused"), ("/500", "down")),
        *(("/429", "down"), ("/204", "down"), ("/torn", "down"), ("/odd", "down"), ("/round", "down")),
        *(("/bomb", "too_big"), ("/large", "too_big"), ("/away", "moved"), ("/file", "moved")),
    ],
)
async def test_each_way_of_being_dead_or_hostile_has_its_name(site: Site, path: str, kind: str) -> None:
    assert await kind_of(site[1], path) == kind


async def test_a_feed_that_does_not_answer_is_not_waited_for(site: Site) -> None:
    assert await kind_of(site[1], "/slow", seconds=0.3) == "slow"


async def test_a_feed_that_is_not_there_is_down() -> None:
    with pytest.raises(FeedFault) as fault:
        await fetch("http://127.0.0.1:9/calendar.ics", inner=True)
    assert fault.value.kind == "down"


async def test_nothing_inside_is_fetched_by_number_or_by_name(site: Site) -> None:
    asked, server = site
    for url in (str(server.make_url("/calendar.ics")), "http://127.0.0.1/", "http://[::1]/", "http://localhost/"):
        with pytest.raises(FeedFault) as fault:
            await fetch(url)
        assert fault.value.kind == "inner"
    assert asked.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"),
        *("224.0.0.1", "255.255.255.255"),
    ],
)
def test_inner_addresses_are_known_in_all_their_clothes(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"])
def test_the_open_web_is_open(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize("url", ["http://example.org:22/", "ftp://example.org/", "file:///x", "http://[::ffff:a00:1]/"])
def test_other_ports_and_schemes_are_refused(url: str) -> None:
    with pytest.raises(FeedFault) as fault:
        check_address(url, inner=False)
    assert fault.value.kind == "inner"


async def test_a_number_in_disguise_is_found_out_when_it_is_resolved() -> None:
    with pytest.raises(FeedFault) as fault:
        await OpenResolver(inner=False).resolve("2130706433")  # 127.0.0.1 as one number
    assert fault.value.kind == "inner"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("webcal://example.org/a.ics", "https://example.org/a.ics"),
        ("HTTPS://Example.org", "https://example.org/"),
        (" https://example.org/a?b=c#d ", "https://example.org/a?b=c"),
        ("http://[2606:2800::1]:80/a", "http://[2606:2800::1]:80/a"),
    ],
)
def test_an_address_is_kept_in_one_form(said: str, kept: str) -> None:
    assert feed_address(said) == kept


@pytest.mark.parametrize(
    "said", ["example.org", "file:///a", "https://", "https://a:b@example.org/", "https://a b/", "http://a:99999/"]
)
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|holds|has) "):
        feed_address(said)
