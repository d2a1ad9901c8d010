"""The steps that the forms share, made once for each: languages, and when one is free."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.network.drafts import Draft, toggle, with_free
from bot.core.network.model import PRESETS
from bot.network import forms
from handlers.turn import Step, Turn

PARTS_OF_WEEK = {f"{at}": 1 << at for at in range(21)}
"""Each part of each day, as a button names it."""


def shared_steps(verbs: str, read: Callable[[Turn, int], Draft]) -> Mapping[str, Step]:
    """The steps by their verbs, which begin with `verbs`. `read` gives the draft that begins at an argument."""

    async def show_languages(here: Turn) -> None:
        await here.show(forms.choose_languages(here.services.guide, read(here, 0), verbs))

    async def toggle_language(here: Turn) -> None:
        draft = read(here, 1)
        language = here.argument(0, *here.services.guide.topics.ids("language"))
        draft = replace(draft, languages=toggle(draft.languages, language))
        await here.show(forms.choose_languages(here.services.guide, draft, verbs))

    async def show_free(here: Turn) -> None:
        await here.show(forms.choose_free(read(here, 0), verbs))

    async def show_week(here: Turn) -> None:
        await here.show(forms.choose_free(read(here, 0), verbs, week=True))

    async def toggle_stretch(here: Turn) -> None:
        bits = PRESETS[here.argument(0, *PRESETS)]
        await here.show(forms.choose_free(with_free(read(here, 1), bits), verbs))

    async def toggle_part(here: Turn) -> None:
        bits = PARTS_OF_WEEK[here.argument(0, *PARTS_OF_WEEK)]
        await here.show(forms.choose_free(with_free(read(here, 1), bits), verbs, week=True))

    return {
        f"{verbs}L": show_languages,
        f"{verbs}l": toggle_language,
        f"{verbs}F": show_free,
        f"{verbs}W": show_week,
        f"{verbs}f": toggle_stretch,
        f"{verbs}j": toggle_part,
    }
