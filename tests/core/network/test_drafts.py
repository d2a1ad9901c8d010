"""A form in the making: it fits a button, comes back as it was, and a forged one is told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.network.drafts import (
    KM,
    MOST_LANGUAGES,
    Ask,
    ForgedDraft,
    Help,
    Known,
    read_ask,
    read_help,
    toggle,
    with_free,
)
from bot.core.network.model import PRESETS, WHOLE_WEEK

KNOWN = Known(
    ("network_family", "mentor", "homework_help", "language_training"),
    ("0-14", "15-17", "18-24"),
    ("da", "en", "ar", "ti", "am", "fa", "ku", "so", "tr", "uk"),
)
LONGEST = 64 - len("nvl:xx:") - len("~ar")
tongues = st.lists(st.sampled_from(KNOWN.languages), unique=True, max_size=MOST_LANGUAGES).map(tuple)
weeks = st.integers(0, WHOLE_WEEK)
asks = st.builds(
    Ask,
    st.sampled_from(KNOWN.offers),
    st.just("child"),
    st.sampled_from(KNOWN.bands),
    tongues,
    weeks,
    st.frozensets(st.sampled_from(["woman", "family"])),
)
helps = st.builds(
    Help,
    st.lists(st.sampled_from(KNOWN.offers), unique=True).map(tuple),
    tongues,
    weeks,
    st.sampled_from(KM),
    st.integers(1, 3),
    st.sampled_from(["woman", "man", "family", ""]),
    st.booleans(),
)


@given(asks)
def test_a_request_in_the_making_fits_a_button_and_comes_back_as_it_was(draft: Ask) -> None:
    kept = draft.encode()
    assert len(kept.encode()) <= LONGEST
    assert read_ask(kept.split(":"), KNOWN) == draft


@given(helps)
def test_an_offer_in_the_making_fits_a_button_and_comes_back_as_it_was(draft: Help) -> None:
    kept = draft.encode()
    assert len(kept.encode()) <= LONGEST
    assert read_help(kept.split(":"), KNOWN) == draft


@given(st.lists(st.text(max_size=8), max_size=8))
def test_whatever_a_forged_button_holds_it_is_a_draft_or_told_apart(parts: list[str]) -> None:
    for read in (read_ask, read_help):
        try:
            found = read(parts, KNOWN)
        except ForgedDraft:
            continue
        assert 0 <= found.free <= WHOLE_WEEK


def test_nobody_under_15_asks_for_themselves() -> None:
    with pytest.raises(ForgedDraft):
        read_ask(Ask("mentor", "me", "0-14", ("da",)).encode().split(":"), KNOWN)


def test_a_second_tap_takes_away_what_the_first_one_gave() -> None:
    draft = Ask("mentor", "me", "15-17", ("da",))
    assert with_free(with_free(draft, PRESETS["e"]), PRESETS["e"]) == draft
    assert toggle(toggle(("da",), "ti"), "ti") == ("da",)
