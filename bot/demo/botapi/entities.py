"""Formatted text as Telegram reads it: HTML to plain text and entities, lengths in UTF-16 units, commands found.

Follows tdlib's parser and its error texts, with one difference on purpose: an `&` that begins none of the entities
Telegram knows is refused here (Telegram lets it stand), since it is the mark of a value that nobody escaped.
"""

from __future__ import annotations

import re

from bot.demo.botapi.errors import bad
from bot.demo.botapi.records import Json

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]+));")
PIECE = re.compile(r"[<&]")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
COMMAND = re.compile(r"(?<![^\s(])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
MOST_ENTITIES = 100

Formatted = tuple[str, list[Json]]


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> Formatted:
    """Plain text and entities of Telegram's HTML. Raises `Bad Request: can't parse entities: …`."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


def trimmed(text: str, entities: list[Json]) -> Formatted:
    """Without white space at both ends, entities moved and cut along, as Telegram stores it."""
    plain = text.strip()
    if plain == text:
        return text, entities
    start, size = units(text[: len(text) - len(text.lstrip())]), units(plain)
    kept = []
    for entity in entities:
        begin = max(0, entity["offset"] - start)
        end = min(size, entity["offset"] + entity["length"] - start)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return plain, kept


def found(text: str, entities: list[Json]) -> list[Json]:
    """The entities with the commands and addresses that Telegram marks by itself, where nothing is marked yet."""
    if "/" not in text:
        return entities
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] != "blockquote"]
    more = []
    for kind, pattern in (("url", LINK), ("bot_command", COMMAND)):
        for match in pattern.finditer(text):
            begin, size = units(text[: match.start()]), units(match[0])
            if all(begin + size <= low or begin >= high for low, high in taken):
                more.append({"type": kind, "offset": begin, "length": size})
                taken.append((begin, begin + size))
    return sorted([*entities, *more], key=_order)[:MOST_ENTITIES] if more else entities


def given(text: str, entities: list[Json]) -> list[Json]:
    """The entities that a bot gave by itself, checked to lie inside the text."""
    size = units(text)
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad("can't parse MessageEntity: Can't find field")
        begin, length = int(entity["offset"]), int(entity["length"])
        if begin < 0 or length < 0 or begin + length > size:
            raise bad(
                f"entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {size}"
            )
    return sorted((e for e in entities if e["length"]), key=_order)[:MOST_ENTITIES]


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


class _Reader:
    """Reads one HTML text from left to right; `open` holds tag, kind, UTF-16 offset and what the attributes say."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.size = 0
        self.parts: list[str] = []
        self.open: list[tuple[str, Json]] = []
        self.entities: list[Json] = []

    def read(self) -> Formatted:
        """The whole text."""
        while match := PIECE.search(self.source, self.at):
            self._add(self.source[self.at : match.start()])
            self.at = match.start()
            if match[0] == "&":
                self._character()
            elif self.source.startswith("</", self.at):
                self._end()
            else:
                self._start()
        self._add(self.source[self.at :])
        if self.open:
            raise self._fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"', None)
        return "".join(self.parts), sorted(self.entities, key=_order)[:MOST_ENTITIES]

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.size += units(text)

    def _fault(self, words: str, at: int | None) -> Exception:
        where = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad(f"can't parse entities: {words}{where}")

    def _character(self) -> None:
        match = CHARACTER.match(self.source, self.at)
        if not match or (match[3] and match[3] not in CHARACTERS):
            raise self._fault('Unescaped "&"', self.at)
        code = int(match[1]) if match[1] else int(match[2], 16) if match[2] else 0
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise self._fault("Invalid character reference", self.at)
        self._add(CHARACTERS[match[3]] if match[3] else chr(code))
        self.at = match.end()

    def _start(self) -> None:
        begin = self.at
        name = TAG_NAME.match(self.source, begin + 1)
        tag = name[0].lower() if name else ""
        end = begin + 1 + len(tag)
        if end >= len(self.source):
            raise self._fault("Unclosed start tag", begin)
        if tag not in KINDS:
            raise self._fault(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(end, begin)
        self.open.append((tag, {"type": KINDS[tag], "offset": self.size, **self._told(tag, attributes, begin)}))

    def _attributes(self, at: int, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while match := ATTRIBUTE.match(self.source, at):
            value = next((part for part in match.groups()[1:] if part is not None), "")
            attributes[match[1].lower()] = _unescaped(value)
            at = match.end()
        while at < len(self.source) and self.source[at].isspace():
            at += 1
        if not self.source.startswith(">", at):
            raise self._fault("Unclosed start tag", begin)
        self.at = at + 1
        return attributes

    def _told(self, tag: str, attributes: dict[str, str], begin: int) -> Json:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "a" and "href" in attributes:
            return {"url": attributes["href"]}
        if tag == "blockquote" and "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        if tag == "code" and self.open and self.open[-1][0] == "pre" and "class" in attributes:
            self.open[-1][1]["language"] = attributes["class"].removeprefix("language-")
            return {"type": ""}
        return {}

    def _end(self) -> None:
        begin = self.at
        close = self.source.find(">", begin)
        tag = self.source[begin + 2 : close].strip().lower()
        if not self.open:
            raise self._fault("Unexpected end tag", begin)
        if close < 0:
            raise self._fault("Unclosed end tag", begin)
        expected, entity = self.open.pop()
        if tag and tag != expected:
            offset = len(self.source[:begin].encode())
            raise self._fault(
                f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{tag}>"', None
            )
        entity["length"] = self.size - entity["offset"]
        self.at = close + 1
        # A link without an address is plain text, and so is a mark around nothing.
        if entity["length"] and entity["type"] and (entity["type"] != "text_link" or entity.get("url")):
            self.entities.append(entity)


def _unescaped(value: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[3]:
            return CHARACTERS.get(match[3], match[0])
        return chr(int(match[1]) if match[1] else int(match[2], 16))

    return CHARACTER.sub(character, value) if "&" in value else value
