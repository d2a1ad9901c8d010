"""How the network's things are said: offers, ages, languages, free time, and why somebody has nobody yet."""

from __future__ import annotations

from bot.activities import town
from bot.core.network.matching import Cause
from bot.core.network.model import PRESETS, WHOLE_WEEK, Request, Volunteer, free_parts
from bot.core.say import Content, Listing, Text, Value, Word, label, say, say_many
from bot.guide import Guide

DAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
PART_WORDS = {"morning": say("morning"), "afternoon": say("afternoon"), "evening": say("evening")}
PART_ICONS = {"morning": "🌅", "afternoon": "☀️", "evening": "🌙"}
PRESET_WORDS = {"a": say("weekday afternoons"), "e": say("weekday evenings"), "w": say("the weekend")}
PRESET_LABELS = {
    "a": label("☀️ Weekday afternoons"),
    "e": label("🌙 Weekday evenings"),
    "w": label("🎈 Weekends"),
}
WISH_WORDS = {"woman": say("a woman"), "family": say("a family")}
MOST_PARTS = 6


def offer(offer_id: str) -> Word:
    return Word("offer", offer_id)


def languages(ids: tuple[str, ...]) -> Listing:
    return Listing(tuple(Word("language", each) for each in ids))


def free(mask: int) -> Value:
    """A week's mask in words: the usual stretches by name, else each part of a day."""
    if mask == WHOLE_WEEK:
        return say("any time")
    words: list[Value] = []
    for preset, bits in PRESETS.items():
        if mask & bits == bits:
            words.append(PRESET_WORDS[preset])
            mask &= ~bits
    parts = free_parts(mask)
    words += [say("{day} {part}", day=DAYS[day], part=PART_WORDS[part]) for day, part in parts[:MOST_PARTS]]
    if len(parts) > MOST_PARTS:
        words.append(say("and more"))
    return Listing(tuple(words)) if words else say("not said")


def age(band: str) -> Text:
    low, _, high = band.partition("-")
    if low == "0":
        return say("under {age} years", age=int(high) + 1)
    return say("{low}–{high} years", low=int(low), high=int(high))


def place(guide: Guide, place_id: str) -> Content:
    found = guide.places.get(place_id)
    return town(found) if found else Content({"da": guide.community.name}, "da")


def wishes(request: Request) -> Listing:
    return Listing(tuple(WISH_WORDS[each] for each in sorted(request.wishes)))


def request_lines(guide: Guide, request: Request) -> list[Text | str]:
    """What is wished for, as its owner, a volunteer and a coordinator may see it: nobody's name."""
    who = say("👧 For a child, {age}", age=age(request.band))
    if request.whom == "me":
        who = say("🙂 For a young person, {age}", age=age(request.band))
    lines: list[Text | str] = [
        say("<b>{offer}</b>", offer=offer(request.offer)),
        who,
        say("🗣 {languages}", languages=languages(request.languages)),
        say("🗓 {free}", free=free(request.free)),
        say("🏘 {town}", town=place(guide, request.place)),
    ]
    if request.wishes:
        lines.append(say("💛 Wishes for: {wishes}", wishes=wishes(request)))
    return lines


def volunteer_lines(guide: Guide, volunteer: Volunteer) -> list[Text | str]:
    """What is offered, as a coordinator sees it: nobody's name."""
    lines: list[Text | str] = [
        say("🤝 {offers}", offers=Listing(tuple(offer(each) for each in sorted(volunteer.offers)))),
        say("🗣 {languages}", languages=languages(volunteer.languages)),
        say("🗓 {free}", free=free(volunteer.free)),
        say("🏘 {town}, up to {km} km", town=place(guide, volunteer.place), km=volunteer.km),
        say("👥 {busy} of {capacity}", busy=volunteer.busy, capacity=volunteer.capacity),
    ]
    if volunteer.kind in WISH_WORDS:
        lines.append(say("🙂 {kind}", kind=WISH_WORDS[volunteer.kind]))
    if volunteer.motivation:
        lines.append(say("“{text}”", text=volunteer.motivation))
    return lines


def to_newcomer(cause: Cause, request: Request) -> Text:
    """Why there is nobody yet, and what would help: to who waits."""
    match cause.reason:
        case "language":
            return say(
                "Nobody free speaks {languages}. One more language would help.", languages=languages(request.languages)
            )
        case "time":
            return say("Nobody is free when you are. More free time would help.")
        case "far":
            return say("Nobody lives near enough yet.")
        case "wish":
            return say("Nobody who fits your wish is free yet.")
        case "full":
            return say("All who fit help somebody already.")
        case "taken":
            return say("Others have waited longer. You are in line.")
        case "børneattest":
            return say("Those who fit are being checked for meeting children.")
        case "approved" | "starts":
            return say("Somebody who fits will be ready soon.")
        case _:
            return say("There is no volunteer for this yet.")


def to_coordinator(cause: Cause, request: Request | None = None) -> Text:
    """What blocks, and how many there would be without it."""
    if cause.several or not cause.more:
        return say("No single thing blocks. First of all: {reason}.", reason=_reason(cause.reason))
    if request is not None and cause.reason == "language":
        return say_many(
            "{n} more if {languages} were not required",
            "{n} more if {languages} were not required",
            cause.more,
            languages=languages(request.languages),
        )
    if request is not None and cause.reason == "time":
        return say_many(
            "{n} more if it need not be {free}",
            "{n} more if it need not be {free}",
            cause.more,
            free=free(request.free),
        )
    if cause.reason == "taken":
        return say_many("{n} fits, but is needed elsewhere", "{n} fit, but are needed elsewhere", cause.more)
    return say_many(
        "{n} more if it were not for: {reason}",
        "{n} more if it were not for: {reason}",
        cause.more,
        reason=_reason(cause.reason),
    )


REASONS = {
    "approved": say("not approved yet"),
    "said_no": say("a no before"),
    "apart": say("must not meet"),
    "børneattest": say("børneattest"),
    "offer": say("another offer"),
    "full": say("has enough people"),
    "starts": say("not yet free"),
    "wish": say("the wish"),
    "language": say("language"),
    "time": say("free time"),
    "far": say("distance"),
}


def _reason(reason: str) -> Text:
    return REASONS.get(reason, say("nobody on the other list"))


def reasons(found: tuple[str, ...]) -> Listing:
    return Listing(tuple(_reason(each) for each in found))
