"""Each kind of notice is said in one way only."""

from __future__ import annotations

from bot.announcing import telling as announcing
from bot.editing import telling as editing
from bot.network import telling as network
from bot.telling import KINDS


def test_no_two_families_of_notices_use_the_same_kind() -> None:
    families = (announcing.KINDS, editing.KINDS, network.KINDS)
    named = [kind for family in families for kind in family]
    assert sorted(named) == sorted(set(named))
    assert all(KINDS[kind] is tell for family in families for kind, tell in family.items())
