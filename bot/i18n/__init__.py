"""Says a message in a language: catalogues, values, directions. Nobody else turns a message into words."""

from bot.i18n.bidi import clean
from bot.i18n.catalogues import BrokenCatalogue, Catalogue, Catalogues
from bot.i18n.said import Said, SaidButton, say_in, say_plain
from bot.i18n.values import COPENHAGEN, MissingValue, Names

__all__ = [
    "COPENHAGEN",
    "BrokenCatalogue",
    "Catalogue",
    "Catalogues",
    "MissingValue",
    "Names",
    "Said",
    "SaidButton",
    "clean",
    "say_in",
    "say_plain",
]
