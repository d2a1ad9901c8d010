"""data/network.yaml: what it says is read, and every fault of it has a line and a mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.network.rules import NETWORK, NetworkFaults, network_rules, read_network


def test_the_rhythm_is_often_at_first_and_then_less() -> None:
    assert [each.days for each in network_rules().follow_ups] == [1, 3, 6, 14, 28, 91, 182, 365]


def test_no_band_is_on_both_sides_of_15_or_reaches_25() -> None:
    assert network_rules().bands == ("0-14", "15-17", "18-24")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[0-14, 15-17, 18-24]", "[0-17, 18-24]", "both sides of 15"),
        ("[0-14, 15-17, 18-24]", "[0-14, 16-24]", "does not go on from 15"),
        ("[0-14, 15-17, 18-24]", "[0-14, 15-30]", "do not end at 24"),
        ("days: 3\n", "days: 1\n", "not later than the one before"),
        ("  answer: 3 #", "  answer: soon #", "not a whole number"),
        ("mentor, homework_help", "mentor, homework_helper", "homework_helper"),
        ("meeting_topics:", "meeting_topicz:", "meeting_topicz"),
        ("da: Flyttet, ", "", "lack a language"),
        ('      da: "Hvordan gik jeres første møde?"\n', "", "Write the question in every language"),
    ],
)
def test_a_fault_is_named_with_its_line_and_a_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = NETWORK.read_text("utf-8")
    assert old in text
    path = tmp_path / "network.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(NetworkFaults) as found:
        read_network(path)
    assert told in str(found.value)
    assert all(fault.line > 0 and fault.mend for fault in found.value.faults)
