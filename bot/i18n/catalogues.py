"""The catalogues: every language found in a folder, its header, its sentences, and which of them may be shown.

A language is a folder `<language>/LC_MESSAGES/bot.po`; its header says all that code must know of it, so one more
language is one more folder. The files are read as they are, without a compiled copy that could go stale
(docs/decisions/0007); what was read of them is kept for the next start until one of them changes.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.i18n.templates import Template, compiled, unsound
from bot.kept import kept

LOCALES = Path(__file__).parent.parent.parent / "locales"
SOURCE = "en"  # the language of the message ids
PO = "LC_MESSAGES/bot.po"
Direction = Literal["ltr", "rtl"]
Key = tuple[str | None, str]  # context and message id
Sentences = Mapping[Key, tuple[str, ...]]
_LINE = re.compile(r'(#.*)?|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s*)?"([^"\\]|\\.)*"')
_PLURAL_FORMS = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*(.+?);?\s*")


class BrokenCatalogue(Exception):
    """A catalogue that cannot be read: names the file, what is wrong, and the mend."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a catalogue says of its language. `hints`: the language codes of apps that make us offer it first."""

    language: str
    endonym: str
    direction: Direction
    hints: tuple[str, ...]
    order: int
    reviewed_by: str
    plural_forms: str
    forms: int
    plural: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language. Holds only what is translated and not fuzzy; a plural sentence has one text per form."""

    header: Header
    sentences: Sentences
    _ready: dict[tuple[str | None, str, int, bool], Template | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def language(self) -> str:
        """Its code, the name of its folder."""
        return self.header.language

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.header.direction == "rtl"

    def template(
        self, context: str | None, msgid: str, plural: str | None = None, count: int = 1, *, plain: bool = False
    ) -> Template | None:
        """The sentence in this language, ready to fill; None where it is missing or may not be shown."""
        form = self.header.plural(abs(count)) if plural is not None else 0
        ready = (context, msgid, form, plain)
        try:
            return self._ready[ready]
        except KeyError:
            text = self._text(context, msgid, plural, form)
            template = None if text is None else compiled(text, plain=plain, rtl=self.rtl)
            return self._ready.setdefault(ready, template)

    def _text(self, context: str | None, msgid: str, plural: str | None, form: int) -> str | None:
        forms = self.sentences.get((context, msgid))
        if forms is None or form >= len(forms):
            if self.language != SOURCE:
                return None
            return msgid if plural is None or form == 0 else plural
        sources = (msgid,) if plural is None else (msgid, plural)
        return None if unsound(sources, forms[form], context) else forms[form]


@dataclass(frozen=True, slots=True)
class Catalogues:
    """All languages, in the order in which they are offered."""

    by_language: Mapping[str, Catalogue]

    @classmethod
    def load(cls, folder: Path) -> Catalogues:
        """Every language of a folder. Raises BrokenCatalogue, also where the folder holds no English."""
        return cls._ordered(folder, [read_catalogue(path) for path in _files(folder)])

    @classmethod
    def _ordered(cls, folder: Path, read: Iterable[Catalogue]) -> Catalogues:
        by_language = {
            each.language: each for each in sorted(read, key=lambda each: (each.header.order, each.language))
        }
        if SOURCE not in by_language:
            raise BrokenCatalogue(f"{folder}: there is no {SOURCE}/{PO}. Bring it back from the repository.")
        return cls(by_language)

    @staticmethod
    @cache
    def shipped() -> Catalogues:
        """The catalogues of locales/, read once a process. Raises BrokenCatalogue."""
        paths = _files(LOCALES)
        read = kept("catalogues", (Path(__file__), *paths), lambda: [_read(path) for path in paths])
        made = zip(paths, read, strict=True)
        return Catalogues._ordered(LOCALES, [Catalogue(_header(path, fields), said) for path, (fields, said) in made])

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes, in the order in which they are offered."""
        return tuple(self.by_language)

    @property
    def english(self) -> Catalogue:
        """The language that has every sentence."""
        return self.by_language[SOURCE]

    def of(self, language: str) -> Catalogue:
        """The catalogue of a language; English where there is none."""
        return self.by_language.get(language, self.english)

    def direction(self, language: str) -> Direction:
        """Which way a language is written."""
        return self.of(language).header.direction

    def endonym(self, language: str) -> str:
        """What a language calls itself."""
        return self.of(language).header.endonym

    def negotiate(self, language_code: str | None) -> tuple[str, ...]:
        """The languages in the order of their buttons: the one that an app hints at first, English where none."""
        code = (language_code or "").lower().replace("_", "-").split("-")[0]
        hinted = [one for one in self.languages if code in self.by_language[one].header.hints]
        first = hinted[0] if hinted else SOURCE
        return (first, *(one for one in self.languages if one != first))


def read_catalogue(path: Path) -> Catalogue:
    """One catalogue. Raises BrokenCatalogue."""
    fields, sentences = _read(path)
    return Catalogue(_header(path, fields), sentences)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*/{PO}"))


def _read(path: Path) -> tuple[dict[str, str], Sentences]:
    """The fields of a file's header, and the sentences in it that may be shown. Raises BrokenCatalogue."""
    text, catalog = read_file(path)
    sentences = {}
    for message in catalog:
        forms = forms_of(message)
        if message.id and not message.fuzzy and all(forms):
            sentences[(message.context, ids_of(message)[0])] = forms
    return header_fields(text), sentences


def read_file(path: Path) -> tuple[str, Catalog]:
    """The text of a .po file and what Babel reads in it. Raises BrokenCatalogue."""
    try:
        text = path.read_text("utf-8")
        _check_lines(path, text)
        return text, read_po(io.BytesIO(text.encode()), abort_invalid=True)
    except PoFileError as error:
        raise BrokenCatalogue(f"{path}:{error.lineno + 1}: {error}. Mend the line in a text editor.") from error
    except (OSError, ValueError) as error:
        raise BrokenCatalogue(f"{path}: {error}. Save it as a .po file in UTF-8.") from error


def _check_lines(path: Path, text: str) -> None:
    """Babel drops the last letter of a string without its closing quote, and says nothing; nor of a string astray."""
    inside = False  # whether the line before was part of a string
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not _LINE.fullmatch(line) or (line.startswith('"') and not inside):
            raise BrokenCatalogue(f"{path}:{number}: {line!r} is no line of a .po file. Mend its name or quotes.")
        inside = not line.startswith("#") and line != ""


def ids_of(message: Message) -> tuple[str, ...]:
    """The message id; of a sentence that counts, the singular and the plural."""
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation, form by form; an empty string for a form that is missing."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(form or "" for form in forms)


def header_fields(text: str) -> dict[str, str]:
    """The fields of a .po file's header, lines that an editor has wrapped put together again."""
    block = text[text.index('msgid ""') :].split("\n\n", 1)[0] if 'msgid ""' in text else ""
    joined = "".join(re.findall(r'^"(.*)"\s*$', block, re.MULTILINE))
    pairs = (line.partition(":") for line in joined.split("\\n") if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def plural_rule(plural_forms: str) -> tuple[int, Callable[[int], int]]:
    """The number of forms and which of them a count takes, of a Plural-Forms header. Raises ValueError."""
    found = _PLURAL_FORMS.fullmatch(plural_forms)
    if found is None:
        raise ValueError(f"Plural-Forms {plural_forms!r} is not of the form nplurals=…; plural=…;")
    rule: Callable[[int], int] = gettext.c2py(found[2])
    return int(found[1]), rule


def _header(path: Path, fields: Mapping[str, str]) -> Header:
    language = path.parent.parent.name
    direction = fields.get("X-Direction", "")
    order = fields.get("X-Order", "99")
    if not fields.get("X-Endonym") or direction not in {"ltr", "rtl"} or not order.isdigit():
        raise BrokenCatalogue(
            f"{path}: the header needs X-Endonym, X-Direction (ltr or rtl) and a number in X-Order. "
            "Copy the lines from docs/translating.md."
        )
    try:
        forms, plural = plural_rule(fields.get("Plural-Forms", ""))
    except ValueError as error:
        raise BrokenCatalogue(f"{path}: {error}. Copy the line from docs/translating.md.") from error
    return Header(
        language=language,
        endonym=fields["X-Endonym"],
        direction="rtl" if direction == "rtl" else "ltr",
        hints=tuple(fields.get("X-Hints", language).split()),
        order=int(order),
        reviewed_by=fields.get("X-Reviewed-By", ""),
        plural_forms=fields.get("Plural-Forms", ""),
        forms=forms,
        plural=plural,
    )
