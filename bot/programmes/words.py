"""How programmes, themes, cohorts and sessions are said, in one line each."""

from __future__ import annotations

from collections.abc import Iterable

from bot.activities import town
from bot.core.model import Activity
from bot.core.programmes.model import Programme, Session, Theme
from bot.core.say import Content, Listing, Span, Text, Word, say
from bot.guide import Guide


def name_of(thing: Programme | Theme) -> Content:
    return Content({language: said.title for language, said in thing.texts.items()}, thing.source)


def about(thing: Programme | Theme) -> Content:
    return Content({language: said.about for language, said in thing.texts.items()}, thing.source)


def themes(those: Iterable[Theme]) -> Listing:
    return Listing(tuple(name_of(each) for each in those))


def languages(activity: Activity) -> Listing:
    return Listing(tuple(Word("language", each) for each in activity.languages))


def where(guide: Guide, activity: Activity) -> Content:
    return town(guide.places[activity.place])


def when(session: Session) -> Text:
    """A session in one line."""
    # NOTE: A session of a programme: {when} "Thursday 26/11 17:30–20:00", {theme} "Home and neighbours".
    return say(
        "📅 {when} · {theme}",
        when=Span(session.occurrence.start, session.occurrence.end),
        theme=name_of(session.theme),
    )


def called_off(session: Session) -> Text:
    """A cancelled session in one line."""
    # NOTE: A session of a programme that was cancelled: {when} "Thursday 26/11 17:30–20:00", {theme} "Home".
    return say(
        "❌ {when} · {theme}",
        when=Span(session.occurrence.start, session.occurrence.end),
        theme=name_of(session.theme),
    )
