"""The people of these stories: who interprets, and who needs it."""

from __future__ import annotations

from tests.flows.stage import Phone, Stage

ALL_WEEK = ("Ivf:a", "Ivf:e", "Ivf:w")


async def interpreter(play: Stage, name: str, sana: Phone, town: str = "Ringe", *, reads: str = "en") -> Phone:
    """Somebody who interprets between Arabic and Danish at any of the usual times, approved by a coordinator."""
    phone = await play.newcomer(name, reads, town)
    await phone.says("/interpreter")
    for each in [each for each in ("en", "ar", "da") if (each in ("ar", "da")) != _is_chosen(phone, each)]:
        await phone.taps(f"Ivl:{each}:")
    await phone.taps("IvF:")
    for each in ALL_WEEK:
        await phone.taps(each)
    await phone.taps("IvS:")
    await phone.taps("IvX:")
    await approves(play, sana, phone)
    return phone


def _is_chosen(phone: Phone, language: str) -> bool:
    at = next(at for at, data in enumerate(phone.buttons) if data.startswith(f"Ivl:{language}:"))
    return phone.labels[at].startswith("✅")


async def approves(play: Stage, sana: Phone, phone: Phone) -> None:
    person = await play.id_of(phone)
    await sana.taps(f"Iw:{person}")
    await sana.taps(f"IV:{person}:a")


async def needs(play: Stage, activity: str, name: str = "Amina", language: str = "ar") -> Phone:
    """Somebody with a seat in a Danish activity who asks for an interpreter there."""
    phone = await play.newcomer(name, language)
    await phone.signs_up(activity)
    await phone.taps(f"Ia:s{play.number(activity)}.")
    await phone.taps("Ib:s")
    return phone
