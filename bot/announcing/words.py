"""How the things of an announcement are said on the desk: its state, its versions, whom it is for, when and how."""

from __future__ import annotations

from datetime import timedelta

from bot.activities import title, town
from bot.core.announcing.model import Announcement, Audience, Version
from bot.core.say import Day, Listing, Moment, Text, Value, Word, label, say
from bot.services import Services

OFFSETS = {
    # NOTE: When an announcement is sent: seven days before the activity.
    "w": label("A week before"),
    # NOTE: When an announcement is sent.
    "d": label("The day before"),
    # NOTE: When an announcement is sent.
    "h": label("Two hours before"),
    # NOTE: When an announcement is sent.
    "a": label("The day after"),
}


def state(found: Announcement) -> Text:
    """Where it stands."""
    match found.state:
        case "draft":
            # NOTE: An announcement that is not sent and has no time yet.
            return say("📝 Draft")
        case "planned" if found.due is not None:
            # NOTE: {when} "Thursday 26/11 09:00".
            return say("🕐 It is sent on {when}.", when=Moment(found.due))
        case "sending" if found.paused:
            # NOTE: The sending of an announcement was stopped for a while.
            return say("⏸ Paused")
        case "sending":
            return say("📨 It is being sent.")
        case "sent" if found.ended is not None:
            # NOTE: {when} "Thursday 26/11 09:00".
            return say("✅ Sent, {when}", when=Moment(found.ended))
        case _:
            return say("✖️ Cancelled")


def version(language: str, found: Version | None) -> Text:
    """A language and the state of its version."""
    name = Word("language", language)
    if found is None or (found.state in ("human", "draft") and not found.is_ready):
        # NOTE: {language} "Tigrinya": there is no translation yet.
        return say("⚪ {language}: missing", language=name)
    match found.state:
        case "human":
            # NOTE: {language} "Tigrinya": somebody who speaks it has written or checked it.
            return say("🟢 {language}: by a person who speaks it", language=name)
        case "draft":
            # NOTE: {language} "Tigrinya": the translation was checked by nobody.
            return say("🟡 {language}: a draft, checked by nobody", language=name)
        case "asked":
            # NOTE: {language} "Tigrinya": a volunteer was asked to translate.
            return say("🙋 {language}: a volunteer is asked", language=name)
        case _:
            # NOTE: {language} "Tigrinya": a volunteer sent a translation, and a coordinator must say yes to it.
            return say("📥 {language}: a volunteer has sent it, look at it", language=name)


def audience(services: Services, wanted: Audience) -> Text:
    """Whom it is for, in one line."""
    if wanted.is_everyone:
        # NOTE: An announcement is for everyone in the municipality.
        return say("🎯 For everyone")
    # NOTE: {who} "Arabic, Ringe and 10 km round it".
    return say("🎯 For: {who}", who=Listing(tuple(_parts(services, wanted))))


def _parts(services: Services, wanted: Audience) -> list[Value]:
    guide = services.guide
    found: list[Value] = [Word("language", each) for each in wanted.languages]
    if wanted.town in guide.places:
        place = town(guide.places[wanted.town])
        # NOTE: {town} "Ringe", {km} "10".
        found.append(say("{town} and {km} km round it", town=place, km=wanted.km) if wanted.km else place)
    if wanted.role:
        found.append(ROLES[wanted.role])
    if wanted.band:
        # NOTE: An age band: {band} "15-17".
        found.append(say("{band} years", band=wanted.band))
    if wanted.audience:
        # NOTE: Those who took part in activities for these people: {audience} "women".
        found.append(say("was at something for {audience}", audience=Word("audience", wanted.audience)))
    if wanted.activity in guide.activities:
        activity = title(guide.activities[wanted.activity])
        if wanted.day is not None:
            # NOTE: {title} "Madklub", {day} "Thursday 26/11".
            found.append(say("signed up for {title}, {day}", title=activity, day=Day(wanted.day)))
        else:
            found.append(say("signed up for {title}", title=activity))
    return found


ROLES = {
    # NOTE: Whom an announcement is for; never “refugees”.
    "newcomer": say("newcomers"),
    "volunteer": say("volunteers"),
    "coordinator": say("coordinators"),
}


def options(services: Services, found: Announcement) -> list[Text]:
    """When and how, as far as it was chosen."""
    lines = [when(services, found)]
    lines.append(
        # NOTE: To a coordinator: what happens where there is no translation.
        say("🌍 No version: hold it back until there is one")
        if found.missing == "hold"
        else say("🌍 No version: they get it in English, or as it was written")
    )
    if found.urgent:
        # NOTE: To a coordinator: an announcement that is sent at night and above the limit of messages.
        lines.append(say("🚨 Urgent: also at night, and over the limit of one a day"))
    if found.late_joiners:
        # NOTE: To a coordinator: who comes after the sending gets the announcement too.
        lines.append(say("➕ Who comes later gets it too"))
    return lines


def when(services: Services, found: Announcement) -> Text:
    activity = services.guide.activities.get(found.activity or 0)
    if found.offset is not None and activity is not None and found.day is not None:
        # NOTE: {before} "The day before", {title} "Madklub", {day} "Thursday 26/11".
        return say(
            "🕐 {before}: {title}, {day}. If it is moved, this moves too.",
            before=_offset(found.offset),
            title=title(activity),
            day=Day(found.day),
        )
    if found.due is not None:
        return say("🕐 It is sent on {when}.", when=Moment(found.due))
    # NOTE: An announcement that is sent as soon as the coordinator says so.
    return say("🕐 When you send it")


def _offset(offset: timedelta) -> Text:
    """The nearest of the choices: there is no other."""
    if offset >= timedelta(days=1):
        return say("The day after")
    if offset <= timedelta(days=-7):
        return say("A week before")
    return say("The day before") if offset <= timedelta(days=-1) else say("Two hours before")
