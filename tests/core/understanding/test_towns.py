"""Towns: the pack's and Denmark's, misspelt, without æøå, in three scripts, with prefixes glued on."""

from __future__ import annotations

import pytest

from tests.core.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("fodbold i Fåborg", "Faaborg"),
        ("fodbold i faborg", "Faaborg"),
        ("fodbold i Faabrog", "Faaborg"),
        ("fodbold i arslev", "Årslev"),
        ("fodbold i Nørre Broby", "Nørre Broby"),
        ("football in svenborg", "Svendborg"),
        ("football in Kobenhavn", "København"),
        ("fodbold i Ringe", "Ringe"),
        ("كرة القدم بأودنسه", "Odense"),
        ("كرة القدم في سفينبورغ", "Svendborg"),
        ("كرة القدم برينغه", "Ringe"),
        ("كرة القدم بنورا بروبي", "Nørre Broby"),
        ("jeg bor ude på landet ved Odense, er der noget i Ringe", "Ringe"),
        ("كرة القدم في ميدلفارت", "Middelfart"),
        ("كرة القدم بكولدينغ", "Kolding"),
        ("ኩዕሶ እግሪ ኣብ ኦዴንሰ", "Odense"),
        ("ኩዕሶ እግሪ ኣብ ፎቦርግን", "Faaborg"),
        ("ኩዕሶ እግሪ ኣብ ስቬንድቦርግ", "Svendborg"),
        ("kuaso ab nyborg alo do", "Nyborg"),
    ],
)
def test_towns_are_found_however_they_are_spelt(text: str, town: str, ask: Ask) -> None:
    assert ask(text, "da").place == town


@pytest.mark.parametrize("text", ["kan nogen ringe til mig om fodbold", "dansk for begyndere", "swimming near me"])
def test_words_that_look_like_towns_are_none(text: str, ask: Ask) -> None:
    assert ask(text, "da").place is None


def test_a_town_outside_the_pack_says_so(ask: Ask) -> None:
    inside, outside = ask("fodbold i Ringe"), ask("fodbold i Kolding")
    assert (inside.outside, outside.place, outside.outside) == (None, "Kolding", "Kolding")
