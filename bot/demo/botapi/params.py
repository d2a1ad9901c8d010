"""Parameters of a request, whatever way they came: names that a method knows, and values of the right kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson
from aiohttp import web

from bot.demo.botapi.errors import bad
from bot.demo.botapi.records import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime: str
    content: bytes


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise bad(f'field "{name}" must be an integer')
    try:
        return int(value)
    except ValueError:
        raise bad(f'field "{name}" must be an integer') from None


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise bad(f'field "{name}" must be a number')
    try:
        return float(value)
    except ValueError:
        raise bad(f'field "{name}" must be a number') from None


def _text(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise bad(f'field "{name}" must be of type String')
    return str(value)


def _yes(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in {"true", "1", "yes"}:
        return True
    if str(value).lower() in {"false", "0", "no", ""}:
        return False
    raise bad(f'field "{name}" must be of type Boolean')


def _json(value: object, name: str) -> object:
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(value) if value else None
    except orjson.JSONDecodeError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _list(value: object, name: str) -> object:
    found = _json(value, name)
    if not isinstance(found, list):
        raise bad(f"can't parse {name.replace('_', ' ')}: expected an Array")
    return found


def _chat(value: object, _: str) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value).strip()
    if not text:
        raise bad("chat_id is empty")
    return int(text) if text.lstrip("-").isdigit() else text


def _file(value: object, name: str) -> object:
    if isinstance(value, str | Upload):
        return value
    raise bad(f'field "{name}" must be of type String')


Kind = Callable[[object, str], object]
KINDS: dict[str, Kind] = {
    "int": _whole,
    "float": _number,
    "str": _text,
    "bool": _yes,
    "json": _json,
    "list": _list,
    "chat": _chat,
    "file": _file,
}


def table(*lines: str) -> Mapping[str, tuple[Kind, bool]]:
    """Parameters of a method from lines such as `chat_id*:chat text*:str`; a star marks one that must be there."""
    found: dict[str, tuple[Kind, bool]] = {}
    for word in " ".join(lines).split():
        name, kind = word.split(":")
        found[name.rstrip("*")] = (KINDS[kind], name.endswith("*"))
    return found


def read(given: Json, known: Mapping[str, tuple[Kind, bool]]) -> tuple[Json, list[str]]:
    """Values by name, and the names the method does not know. A missing one is Telegram's 400."""
    values: Json = {}
    unknown: list[str] = []
    for name, value in given.items():
        if name in known:
            if value is not None:
                values[name] = known[name][0](value, name)
        elif isinstance(value, Upload):
            values[name] = value  # named by an attach:// in another parameter
        else:
            unknown.append(name)
    for name, (_, needed) in known.items():
        if needed and name not in values:
            raise bad(MISSING.get(name, f'parameter "{name}" is required'))
    return values, unknown


MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "voice": "there is no voice in the request",
    "file_id": "invalid file_id",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}


async def given(request: web.Request) -> Json:
    """What came in the query and the body: JSON, form or multipart. Files become `Upload`."""
    values: Json = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.can_read_body:
        return values
    if request.content_type == "application/json":
        try:
            body = orjson.loads(await request.read() or b"{}")
        except orjson.JSONDecodeError:
            raise bad("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad("can't parse JSON object: expected an Object")
        return {**values, **body} if values else body
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            values[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return values


def attached(value: object, given_values: Json) -> object:
    """The upload that `attach://name` means, or the value as it is."""
    if isinstance(value, str) and value.startswith("attach://"):
        return given_values.get(value.removeprefix("attach://"))
    return value


def plain(values: Json, known: Mapping[str, tuple[Kind, bool]]) -> Json:
    """The parameters as the journal keeps them: an upload as an `attach://` name, attachments left out."""
    return {
        name: f"attach://{value.name}" if isinstance(value, Upload) else value
        for name, value in values.items()
        if name in known or not isinstance(value, Upload)
    }
