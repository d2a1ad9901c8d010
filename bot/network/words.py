"""How the network's things are said: offers, ages, languages, free time, and why somebody has nobody yet."""

from __future__ import annotations

from bot.activities import town
from bot.core.network.matching import Cause
from bot.core.network.model import PRESETS, WHOLE_WEEK, Request, Volunteer, free_parts
from bot.core.pack import km_between
from bot.core.say import Content, Listing, Text, Value, Word, label, say, say_many
from bot.guide import Guide

# NOTE: “Mon”: A weekday, short: on a button and in "Mon morning". “Tue”: A weekday, short. “Wed”: A weekday, short.
# “Thu”: A weekday, short. “Fri”: A weekday, short. “Sat”: A weekday, short. “Sun”: A weekday, short.
DAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
PART_WORDS = {"morning": say("morning"), "afternoon": say("afternoon"), "evening": say("evening")}
PART_ICONS = {"morning": "🌅", "afternoon": "☀️", "evening": "🌙"}
# NOTE: “weekday afternoons”: When somebody is free, in a list: "weekday afternoons, Sat morning". “the weekend”: When
# somebody is free, in a list.
PRESET_WORDS = {"a": say("weekday afternoons"), "e": say("weekday evenings"), "w": say("the weekend")}
PRESET_LABELS = {
    # NOTE: Button: when one is free.
    "a": label("☀️ Weekday afternoons"),
    "e": label("🌙 Weekday evenings"),
    "w": label("🎈 Weekends"),
}
# NOTE: “a woman”: In “Wishes for: a woman”, and as who a volunteer is. “a family”: In “Wishes for: a family”, and as
# who a volunteer is.
WISH_WORDS = {"woman": say("a woman"), "family": say("a family")}
MOST_PARTS = 6


def offer(offer_id: str) -> Word:
    return Word("offer", offer_id)


def offers(volunteer: Volunteer) -> Listing:
    return Listing(tuple(offer(each) for each in sorted(volunteer.offers)))


def languages(ids: tuple[str, ...]) -> Listing:
    return Listing(tuple(Word("language", each) for each in ids))


def free(mask: int) -> Value:
    """A week's mask in words: the usual stretches by name, else each part of a day."""
    if mask == WHOLE_WEEK:
        # NOTE: When somebody is free: the whole week.
        return say("any time")
    words: list[Value] = []
    for preset, bits in PRESETS.items():
        if mask & bits == bits:
            words.append(PRESET_WORDS[preset])
            mask &= ~bits
    parts = free_parts(mask)
    # NOTE: {day} "Mon", {part} "morning".
    words += [say("{day} {part}", day=DAYS[day], part=PART_WORDS[part]) for day, part in parts[:MOST_PARTS]]
    if len(parts) > MOST_PARTS:
        # NOTE: At the end of a list that is cut short.
        words.append(say("and more"))
    # NOTE: When somebody is free: they have not said.
    return Listing(tuple(words)) if words else say("not said")


def age(band: str) -> Text:
    low, _, high = band.partition("-")
    if low == "0":
        # NOTE: An age: "under 15 years".
        return say("under {age} years", age=int(high) + 1)
    # NOTE: An age: "15–17 years".
    return say("{low}–{high} years", low=int(low), high=int(high))


def place(guide: Guide, place_id: str) -> Content:
    found = guide.places.get(place_id)
    return town(found) if found else Content({"da": guide.community.name}, "da")


def wishes(request: Request) -> Listing:
    return Listing(tuple(WISH_WORDS[each] for each in sorted(request.wishes)))


def request_lines(guide: Guide, request: Request) -> list[Text | str]:
    """What is wished for, as its owner, a volunteer and a coordinator may see it: nobody's name."""
    # NOTE: Whom a request is for: {age} "under 15 years". A parent or guardian asks.
    who = say("👧 For a child, {age}", age=age(request.band))
    if not request.for_child:
        # NOTE: Whom a request is for: {age} "15–17 years".
        who = say("🙂 For a young person, {age}", age=age(request.band))
    lines: list[Text | str] = [
        say("<b>{offer}</b>", offer=offer(request.offer)),
        who,
        say("🗣 {languages}", languages=languages(request.languages)),
        say("🗓 {free}", free=free(request.free)),
        say("🏘 {town}", town=place(guide, request.place)),
    ]
    if request.wishes:
        # NOTE: {wishes} "a woman".
        lines.append(say("💛 Wishes for: {wishes}", wishes=wishes(request)))
    return lines


def volunteer_lines(guide: Guide, volunteer: Volunteer) -> list[Text | str]:
    """What is offered, as a coordinator sees it: nobody's name."""
    lines: list[Text | str] = [
        say("🤝 {offers}", offers=offers(volunteer)),
        say("🗣 {languages}", languages=languages(volunteer.languages)),
        say("🗓 {free}", free=free(volunteer.free)),
        # NOTE: A volunteer's town, and how far they would go.
        say("🏘 {town}, up to {km} km", town=place(guide, volunteer.place), km=volunteer.km),
        # NOTE: How many people a volunteer meets, of how many they would.
        say("👥 {busy} of {capacity}", busy=volunteer.busy, capacity=volunteer.capacity),
    ]
    if volunteer.kind in WISH_WORDS:
        # NOTE: Who a volunteer is: {kind} "a woman".
        lines.append(say("🙂 {kind}", kind=WISH_WORDS[volunteer.kind]))
    if volunteer.motivation:
        lines.append(say("“{text}”", text=volunteer.motivation))
    return lines


WHO_HELPS = {
    # NOTE: Who would like to help a newcomer; a line of its own.
    "woman": say("🙋‍♀️ A woman would like to help you."),
    # NOTE: Who would like to help a newcomer; a line of its own.
    "man": say("🙋‍♂️ A man would like to help you."),
    # NOTE: Who would like to help a newcomer; a line of its own.
    "family": say("👨‍👩‍👧 A family would like to help you."),
}


def helper_lines(request: Request, volunteer: Volunteer) -> list[Text]:
    """A volunteer as the newcomer hears of them before their yes: who, languages, free time, how far; no name."""
    km = round(km_between(request.point, volunteer.point))
    # NOTE: Of a volunteer, to a newcomer; 📍 as the crow flies.
    far = say("📍 They live about {km} km from you.", km=km) if km > 1 else say("📍 They live near you.")
    return [
        # NOTE: Who would like to help a newcomer; a line of its own.
        WHO_HELPS.get(volunteer.kind, say("🙂 Somebody would like to help you.")),
        # NOTE: What a newcomer asked for: {offer} "homework help".
        say("🤝 {offers}", offers=offer(request.offer)),
        say("🗣 {languages}", languages=languages(volunteer.languages)),
        say("🗓 {free}", free=free(volunteer.free)),
        far,
    ]


def declined_lines(own: str) -> list[Text]:
    """What a volunteer reads whose help is not wanted now: the coordinator's own words, or kind ones."""
    # NOTE: The first line to a volunteer whose help is not wanted now.
    thanks = say("💛 Thank you for wanting to help.")
    if own:
        # NOTE: Before the words of a coordinator, which follow in quotation marks.
        return [thanks, say("A coordinator writes to you:"), say("“{text}”", text=own)]
    # NOTE: Kind and without a reason; the button below leads to a person.
    return [thanks, say("We cannot use your help right now. A person is glad to explain.")]


def to_newcomer(cause: Cause, request: Request) -> Text:
    """Why there is nobody yet, and what would help: to who waits."""
    match cause.reason:
        case "language":
            # NOTE: To a newcomer, why nobody was found yet: {languages} "Arabic, Danish".
            return say(
                "Nobody free speaks {languages}. One more language would help.", languages=languages(request.languages)
            )
        case "time":
            return say("Nobody is free when you are. More free time would help.")
        case "far":
            # NOTE: To a newcomer, why nobody was found yet.
            return say("Nobody lives near enough yet.")
        case "wish":
            # NOTE: To a newcomer, why nobody was found yet; the wish: a woman, or a family.
            return say("Nobody who fits your wish is free yet.")
        case "full":
            # NOTE: To a newcomer, why nobody was found yet.
            return say("All who fit help somebody already.")
        case "taken":
            # NOTE: To a newcomer, why nobody was found yet. Kind.
            return say("Others have waited longer. You are in line.")
        case "børneattest":
            # NOTE: To a guardian, why nobody was found yet: the børneattest is missing still.
            return say("Those who fit are being checked for meeting children.")
        case "approved" | "starts":
            return say("Somebody who fits will be ready soon.")
        case _:
            return say("There is no volunteer for this yet.")


def to_coordinator(cause: Cause, of: Request | Volunteer) -> Text:
    """What blocks a request or a volunteer, and how many there would be without it."""
    if cause.several or not cause.more:
        # NOTE: Why somebody has no match, for a coordinator: {reason} "language", "distance".
        return say("No single thing blocks. First of all: {reason}.", reason=_reason(cause.reason))
    if cause.reason == "language":
        return say_many(
            # NOTE: {n} more people would fit; {languages} "Arabic, Danish".
            "{n} more if {languages} were not required",
            "{n} more if {languages} were not required",
            cause.more,
            languages=languages(of.languages),
        )
    if cause.reason == "time":
        return say_many(
            # NOTE: {n} more people would fit; {free} "weekday afternoons, Sat morning".
            "{n} more if it need not be {free}",
            "{n} more if it need not be {free}",
            cause.more,
            free=free(of.free),
        )
    if cause.reason == "far" and isinstance(of, Volunteer):
        return say_many(
            # NOTE: Of a volunteer who would go so many kilometres: {n} more people would fit.
            "{n} more if they went farther than {km} km",
            "{n} more if they went farther than {km} km",
            cause.more,
            km=of.km,
        )
    if cause.reason == "børneattest":
        return say_many(
            # NOTE: {n} more people would fit. A børneattest is the Danish police certificate for work with children.
            "{n} more with a børneattest that holds",
            "{n} more with a børneattest that holds",
            cause.more,
        )
    if cause.reason == "taken":
        # NOTE: {n} people on the other list fit, but are suggested to somebody else.
        return say_many("{n} fits, but is needed elsewhere", "{n} fit, but are needed elsewhere", cause.more)
    return say_many(
        # NOTE: {n} more people would fit; {reason} "the wish", "not approved yet".
        "{n} more if it were not for: {reason}",
        "{n} more if it were not for: {reason}",
        cause.more,
        reason=_reason(cause.reason),
    )


REASONS = {
    # NOTE: A reason why two do not fit, in a list: "language, not approved yet".
    "approved": say("not approved yet"),
    # NOTE: A reason why two do not fit, in a list: one has said no to this.
    "said_no": say("a no before"),
    # NOTE: A reason why two do not fit, in a list: one felt unsafe with the other.
    "apart": say("must not meet"),
    # NOTE: A reason why two do not fit, in a list: it is missing.
    "børneattest": say("børneattest"),
    # NOTE: A reason why two do not fit, in a list: one wants homework help, the other offers a mentor.
    "offer": say("another offer"),
    # NOTE: A reason why two do not fit, in a list.
    "full": say("has enough people"),
    # NOTE: A reason why two do not fit, in a list: the volunteer begins later, or takes a rest.
    "starts": say("not yet free"),
    # NOTE: A reason why two do not fit, in a list: a woman or a family was wished for.
    "wish": say("the wish"),
    # NOTE: A reason why two do not fit, in a list: no common language.
    "language": say("language"),
    # NOTE: A reason why two do not fit, in a list: no common free time.
    "time": say("free time"),
    # NOTE: A reason why two do not fit, in a list: too far away.
    "far": say("distance"),
}


def _reason(reason: str) -> Text:
    # NOTE: A reason why somebody has no match: nobody is there at all.
    return REASONS.get(reason, say("nobody on the other list"))


def reasons(found: tuple[str, ...]) -> Listing:
    return Listing(tuple(_reason(each) for each in found))
