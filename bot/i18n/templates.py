"""A sentence of a catalogue made ready to fill: literal pieces and slots, and what makes a translation unsound.

Sentences may hold `{placeholders}` and the tags below, nothing else: no format specification, no attribute, no
doubled brace. A filled-in value is never read again, so braces and tags in it are only characters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.i18n.bidi import LRI, PDI

TAGS = frozenset({"b", "i", "u", "s", "code", "blockquote"})  # of Telegram's HTML, those without attributes

# Placeholders that a translation may use though the English does not: Tigrinya says the part of the day.
OPTIONAL: Mapping[str | None, frozenset[str]] = {"date": frozenset({"part"})}

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_TAG = re.compile(r"<(/?)([a-z]+)>")
_SLOT = re.compile(r"((?:<[a-z]+>)*)\{([a-z][a-z0-9_]*)\}((?:</[a-z]+>)*)")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);)")
_COMMAND = re.compile(r"(?<![\w/<])/[a-z]+")
_EACH_TAG = re.compile(r"</?[a-z]+>")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes. `before` and `after` are tags that hold nothing but it: an isolate goes outside them."""

    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """Pieces in order, the names of its slots, and in `fixed` the whole where there is nothing to fill in."""

    parts: tuple[str | Slot, ...]
    names: frozenset[str]
    fixed: str | None


def placeholders(text: str) -> frozenset[str]:
    """The names of its placeholders."""
    return frozenset(_PLACEHOLDER.findall(text))


def unsound(sources: Iterable[str], translation: str, context: str | None) -> str | None:
    """Why a translation may not be shown, or None. A missing value is not unsound: see `check`."""
    known = frozenset[str]().union(*map(placeholders, sources)) | OPTIONAL.get(context, frozenset())
    unknown = sorted(placeholders(translation) - known)
    if unknown:
        return f"The placeholder {{{unknown[0]}}} is not in the English."
    bare = _PLACEHOLDER.sub("", translation)
    if "{" in bare or "}" in bare:
        return "A brace belongs to no placeholder."
    return _unsound_tags(bare, context)


def _unsound_tags(text: str, context: str | None) -> str | None:
    stack: list[str] = []
    for closing, name in _TAG.findall(text):
        if name not in TAGS:
            return f"Telegram does not know the tag <{name}>."
        if context == "button":
            return f"A button shows <{name}> as letters."
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return f"The tag </{name}> closes nothing."
    if stack:
        return f"The tag <{stack[-1]}> is never closed."
    bare = _EACH_TAG.sub("", text)
    if context != "button" and ("<" in bare or ">" in bare):
        return "A < or > is no tag; write &lt; or &gt;."
    return None


def compiled(text: str, *, plain: bool, rtl: bool) -> Template:
    """The sentence as a template: of Telegram's HTML, or `plain` (buttons, alerts, files) without tags and entities."""
    source = _EACH_TAG.sub("", text) if plain else text
    parts: list[str | Slot] = []
    end = 0
    for found in _SLOT.finditer(source):
        opened, closed = _EACH_TAG.findall(found[1]), _EACH_TAG.findall(found[3])
        depth = min(len(opened), len(closed))
        outer, before = "".join(opened[: len(opened) - depth]), "".join(opened[len(opened) - depth :])
        after, rest = "".join(closed[:depth]), "".join(closed[depth:])
        parts += [source[end : found.start()] + outer, Slot(found[2], before, after), rest]
        end = found.end()
    parts.append(source[end:])
    settled = _settled(parts, plain=plain, rtl=rtl)
    names = frozenset(part.name for part in settled if isinstance(part, Slot))
    return Template(settled, names, None if names else "".join(map(str, settled)))


def _settled(parts: Iterable[str | Slot], *, plain: bool, rtl: bool) -> tuple[str | Slot, ...]:
    """Neighbouring literals joined, entities set right, and the commands of a right-to-left sentence isolated."""
    settled: list[str | Slot] = []
    for part in parts:
        last = settled[-1] if settled else None
        if isinstance(part, str) and isinstance(last, str):
            settled[-1] = last + part
        elif part:
            settled.append(part)
    return tuple(part if isinstance(part, Slot) else _literal(part, plain, rtl) for part in settled)


def _literal(text: str, plain: bool, rtl: bool) -> str:
    text = html.unescape(text) if plain else _LONE_AMPERSAND.sub("&amp;", text)
    return _COMMAND.sub(lambda found: f"{LRI}{found[0]}{PDI}", text) if rtl else text
