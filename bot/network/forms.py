"""The pages that the forms of who asks, who helps and who interprets share: languages, free time."""

from __future__ import annotations

from bot.core.network.drafts import Draft, Interpret, Known
from bot.core.network.model import PARTS, PRESETS, WEEKDAYS, bit
from bot.core.say import Button, Message, Text, Word, label, say
from bot.guide import Guide
from bot.network.rules import network_rules
from bot.network.words import DAYS, PART_ICONS, PRESET_LABELS


def known(guide: Guide) -> Known:
    """The ids that a draft may hold."""
    rules = network_rules()
    return Known(rules.alone, rules.bands, guide.topics.ids("language"))


def choose_languages(guide: Guide, draft: Draft, verbs: str) -> Message:
    """Which languages will do. `verbs`: the letters of the flow: `n` to ask, `nv` to help, `Iv` to interpret."""
    kept = draft.encode()
    tiles = [
        Button(
            # NOTE: Button: {mark} ✅ or ▫️, {language} "Arabic".
            label("{mark} {language}", mark="✅" if each in draft.languages else "▫️", language=Word("language", each)),
            f"{verbs}l:{each}:{kept}",
        )
        for each in guide.topics.ids("language")
    ]
    rows = [tuple(tiles[at : at + 3]) for at in range(0, len(tiles), 3)]
    head, least = [say("🗣 <b>Which languages can you speak together?</b>")], 1
    if isinstance(draft, Interpret):
        # NOTE: To a volunteer who would interpret. Below are languages to choose two or more of.
        head, least = [say("🗣 <b>Between which languages can you interpret?</b>"), say("Choose at least two.")], 2
    # NOTE: Button: to the next page of the form.
    done = (Button(label("▶️ Go on"), f"{verbs}F:{kept}", style="yes"),) if len(draft.languages) >= least else ()
    return Message(head, (*rows, done) if done else tuple(rows))


def choose_free(draft: Draft, verbs: str, *, week: bool = False) -> Message:
    """When one is free: usual stretches in one tap, or each part of each day."""
    kept = draft.encode()
    rows: list[tuple[Button, ...]] = []
    if week:
        rows += [
            tuple(_part(draft, day, number, f"{verbs}j:{day * 3 + number}:{kept}") for number in range(3))
            for day in range(WEEKDAYS)
        ]
    else:
        for preset, bits in PRESETS.items():
            mark = "✅" if draft.free & bits == bits else "▫️"
            rows.append(
                # NOTE: Button: {mark} ✅ or ▫️, {when} “Weekday afternoons”.
                (Button(label("{mark} {when}", mark=mark, when=PRESET_LABELS[preset]), f"{verbs}f:{preset}:{kept}"),)
            )
        # NOTE: Button: each part of each day instead of whole stretches of the week.
        rows.append((Button(label("📅 Choose days"), f"{verbs}W:{kept}"),))
    lines: list[Text | str] = [say("🗓 <b>When are you free?</b>")]
    if week:
        # NOTE: What the icons on the buttons below stand for.
        lines.append(say("🌅 morning · ☀️ afternoon · 🌙 evening"))
    if draft.free:
        rows.append((Button(label("▶️ Go on"), f"{verbs}S:{kept}", style="yes"),))
    return Message(lines, tuple(rows))


def _part(draft: Draft, day: int, number: int, data: str) -> Button:
    mark = "✅" if draft.free & bit(day, number) else PART_ICONS[PARTS[number]]
    # NOTE: Button: {mark} an icon for the part of the day or ✅, {day} "Mon".
    return Button(label("{mark} {day}", mark=mark, day=DAYS[day]), data)
