"""data/practical.yaml: the list that pairs share is read, and every fault of it has a line and a mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.network.practical.things import PRACTICAL, practical_list, read_practical
from bot.network.rules import NetworkFaults


def test_mentors_have_a_list_and_it_holds_what_a_mentor_does_in_the_first_time() -> None:
    found = practical_list()
    assert "mentor" in found.offers
    assert {"shopping", "bus-card", "club", "the-town"} <= {each.id for each in found.things}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[mentor,", "[mentorr,", "Did you mean mentor?"),
        ("id: library", "id: shopping", "stands twice"),
        ("id: library", "id: A Card", "is not an id"),
        ("id: library", "id: a-card-for-the-library-of-ringe", "At most 24 fit on a button"),
        ('      ar: "البحث عن متجر للأغراض المستعملة"\n', "", "in every language"),
        ('ti: "ድኳን ዝተጠቕመ ኣቕሑ ምድላይ"', 'ti: "Second-hand"', "Ethiopic letters"),
        ('da: "Få et lånerkort', 'da: "Ring 12 34 56 78 og få et lånerkort', "phone number"),
        ("things: #", "thingz: #", "Did you mean things?"),
    ],
)
def test_a_fault_is_named_with_its_line_and_a_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = PRACTICAL.read_text("utf-8")
    assert old in text
    path = tmp_path / "practical.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(NetworkFaults) as found:
        read_practical(path)
    assert told in str(found.value)
    assert all(fault.line > 0 and fault.mend for fault in found.value.faults)
