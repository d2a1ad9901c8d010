"""Owns the way to Telegram's servers: python-telegram-bot's requests, carried by aiohttp; it alone has the token.

python-telegram-bot is given `STAND_IN` for a token and puts it into every address; the real one takes its place here,
at the last moment. So no log line, no `repr`, no exception and no `File.file_path` can give the token away.
"""

from __future__ import annotations

import json
from typing import Any, Final

import aiohttp
import orjson
from telegram._utils.types import ODVInput
from telegram.error import BadRequest
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.errors import AnswerLost, NeverLeft

STAND_IN: Final = "token-is-kept-in-the-transport"
"""What stands where the token would; python-telegram-bot quotes addresses of files, so it has no colon."""

_BEFORE_IT_LEFT: Final = (
    aiohttp.ClientConnectorError,  # refused, no route, no address, a wrong certificate
    aiohttp.ConnectionTimeoutError,  # no connection, or no free place in the pool, in time
    aiohttp.ServerFingerprintMismatch,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class AiohttpRequest(BaseRequest):
    """Requests over one aiohttp session, made in the running loop when first needed and closed by `shutdown`.

    `token` is the bot's real token. `pool_size` is how many requests may be under way at once; use one instance
    for long polling and another for everything else, so that a waiting poll takes no place. Timeouts are seconds,
    None waits for ever; `media_write_timeout` is used instead of `write_timeout` where there are files. `proxy`
    is the address of an HTTP proxy.

    Raises `NeverLeft` where Telegram cannot have seen the request, `AnswerLost` where it may have.
    """

    def __init__(
        self,
        token: str,
        *,
        pool_size: int = 256,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
    ) -> None:
        self._token = token
        self._pool_size = pool_size
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._addresses: dict[str, URL] = {}
        self._timeouts: dict[tuple[float | None, ...], aiohttp.ClientTimeout] = {}

    def __repr__(self) -> str:
        return f"AiohttpRequest(pool_size={self._pool_size})"

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where a call names none."""
        return self._read

    async def initialize(self) -> None:
        """Opens the session; connections are made when needed."""
        self._open()

    async def shutdown(self) -> None:
        """Closes every connection. Harmless when repeated."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )
        return self._session

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Sends one request; returns the HTTP status and the body. See `telegram.request.BaseRequest`."""
        default_write = self._media_write if request_data and request_data.contains_files else self._write
        timeout = self._timeout(
            _or_default(read_timeout, self._read),
            _or_default(write_timeout, default_write),
            _or_default(connect_timeout, self._connect),
            _or_default(pool_timeout, self._pool),
            bounded=method == "POST",
        )
        body = _body(request_data)
        try:
            async with self._open().request(method, self._address(url, method), data=body, timeout=timeout) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientError, OSError) as error:
            failure = self._sorted(error)
        else:
            if status >= 300:  # a proxy's error page may quote the address
                payload = payload.replace(self._token.encode(), STAND_IN.encode())
            return status, payload
        # Raised here, not in the `except`: the error of aiohttp knows the address, and would hang on as context.
        raise failure

    def _address(self, url: str, method: str) -> URL:
        """The address with the token in it. The few dozen of POST are parsed once, those of files each time."""
        known = self._addresses.get(url)
        if known is None:
            known = URL(url.replace(STAND_IN, self._token, 1))
            if method == "POST":
                self._addresses[url] = known
        return known

    def _timeout(
        self,
        read: float | None,
        write: float | None,
        connect: float | None,
        pool: float | None,
        *,
        bounded: bool,
    ) -> aiohttp.ClientTimeout:
        """aiohttp knows no time for writing: it is added to the whole, which bounds a call but not a download."""
        key = (read, write, connect, pool, float(bounded))
        known = self._timeouts.get(key)
        if known is None:
            to_connect = None if connect is None or pool is None else connect + pool
            whole = None if to_connect is None or read is None or write is None else to_connect + write + read
            known = aiohttp.ClientTimeout(
                total=whole if bounded else None,
                connect=to_connect,
                sock_connect=connect,
                sock_read=read,
                ceil_threshold=3600,  # the second that was asked for, not the next whole one
            )
            if len(self._timeouts) < 64:
                self._timeouts[key] = known
        return known

    def _sorted(self, error: Exception) -> NeverLeft | AnswerLost:
        text = str(error).replace(self._token, STAND_IN)
        reason = f"{type(error).__name__}: {text}" if text else type(error).__name__
        return NeverLeft(reason) if isinstance(error, _BEFORE_IT_LEFT) else AnswerLost(reason)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parses an answer. What is no answer of the Bot API is a lost one: nobody knows what was done."""
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict) or (answer.get("ok") is True and "result" not in answer):
            raise AnswerLost("What came back is not an answer of the Bot API")
        return answer


def _or_default(given: ODVInput[float], default: float | None) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


def _body(data: RequestData | None) -> aiohttp.BytesPayload | aiohttp.FormData | None:
    """The body of a request: JSON, or multipart where there are files."""
    if data is None:
        return None
    if not data.contains_files:
        return aiohttp.BytesPayload(_as_json(data.parameters), content_type="application/json")
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _as_json(parameters: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(parameters)
    except TypeError:
        pass
    try:  # half a surrogate pair, or a whole number beyond 64 bits: Telegram may judge it
        return json.dumps(parameters).encode()
    except (TypeError, ValueError):
        raise BadRequest("A parameter has no form in JSON") from None


def system_proxy(url: str) -> str | None:
    """The proxy that the environment names for an https `url` (`HTTPS_PROXY`, `NO_PROXY`); never one for http."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - slow to load, needed once

    address = URL(url)
    if address.scheme != "https" or (address.host and proxy_bypass(address.host)):
        return None
    return getproxies().get("https")
