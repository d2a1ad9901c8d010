"""What needs a person: the oldest first whatever its source, danger before all, and a name for what is quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.say import Button, say
from bot.core.today import AT_ONCE, OF_ONE_SOURCE, Found, Todo, capped, oldest_first, page_of, quiet

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def row(name: str, hours: int, *, urgent: bool = False) -> Todo:
    return Todo(NOW - timedelta(hours=hours), say(name), Button(say(name), name), urgent)


def test_rows_of_all_sources_come_oldest_first_and_danger_before_them() -> None:
    cases = Found(say("cases"), [row("case", 3), row("danger", 1, urgent=True)])
    volunteers = Found(say("volunteers"), [row("volunteer", 48)])
    assert [each.button.data for each in oldest_first([cases, volunteers])] == ["danger", "volunteer", "case"]


def test_a_source_without_rows_is_named_as_quiet() -> None:
    assert [each.msgid for each in quiet([Found(say("cases"), []), Found(say("other"), [row("x", 1)])])] == ["cases"]


def test_a_page_holds_a_few_and_knows_whether_there_are_more() -> None:
    rows = [row(str(number), number) for number in range(AT_ONCE + 1)]
    assert (len(page_of(rows, 0)[0]), page_of(rows, 0)[1]) == (AT_ONCE, True)
    assert (len(page_of(rows, 1)[0]), page_of(rows, 1)[1]) == (1, False)


def test_a_source_shows_a_few_and_whatever_is_urgent_and_counts_the_rest() -> None:
    few = [row(str(number), number) for number in range(OF_ONE_SOURCE + 1)]
    assert [len(each) for each in capped(few)] == [OF_ONE_SOURCE + 1, 0], "a line that counts one is no shorter"
    many = [row(str(number), number) for number in range(9)]
    shown, rest = capped(many)
    assert ([each.button.data for each in shown], len(rest)) == (["8", "7", "6"], 6)
    danger = [row(f"d{number}", 0, urgent=True) for number in range(5)]
    shown, rest = capped([*many, *danger])
    assert ({each.button.data for each in shown}, len(rest)) == ({f"d{number}" for number in range(5)}, 9)
