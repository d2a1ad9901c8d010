"""The lasting keyboard: its keys, known again in every language, and the language of someone we do not know."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.core.ways_on import MY_PLANS, NEAR, NETWORK, PERSON, SETTINGS
from bot.i18n import Catalogues, Names, say_plain
from bot.services import Services

KEYS = (
    (NEAR, MY_PLANS),
    (NETWORK,),
    (PERSON, SETTINGS),
)


Known = Mapping[str, tuple[str, str]]


def known_keys(catalogues: Catalogues) -> Known:
    """What each key says in each language → its verb and the language: a key comes back as plain text."""
    names: Names = {}
    return {
        _bare(say_plain(key.label, language, catalogues, names)): (key.data, language)
        for language in catalogues.languages
        for row in KEYS
        for key in row
    }


def key_of(known: Known, text: str) -> tuple[str, str] | None:
    """The verb and language of a key, if the text is one: also one of another language, or of an old keyboard."""
    return known.get(_bare(text))


def language_of(services: Services, known: Known, update: Update, text: str) -> str:
    """Best guess for someone unknown: the key's language, the script of the text, the app's. They choose anyway."""
    key = key_of(known, text)
    if key is not None:
        return key[1]
    for letter in text:
        if "\u0600" <= letter <= "\u06ff":
            return "ar"
        if "\u1200" <= letter <= "\u137f":
            return "ti"
    user = update.effective_user
    return services.catalogues.negotiate(user.language_code if user else None)[0]


def _bare(text: str) -> str:
    """Without the marks of direction and the variation selectors that some phones drop."""
    return "".join(letter for letter in text if letter.isalnum() or letter == " ").strip().casefold()
