"""A charter as plain values, as its row keeps it, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.core.meetings.model import Charter, Membership, Rule

SPANS = ("invite", "write", "agenda", "minutes")


def rule_record(rule: Rule) -> list[Any]:
    return [list(rule.months), rule.nth, rule.weekday, f"{rule.start:%H:%M}", f"{rule.end:%H:%M}"]


def read_rule(kept: list[Any]) -> Rule:
    months, nth, weekday, start, end = kept
    return Rule(tuple(months), nth, weekday, time.fromisoformat(start), time.fromisoformat(end))


def charter_record(charter: Charter) -> dict[str, Any]:
    """The values of a charter, as JSON keeps them."""
    return {
        "names": dict(charter.names),
        "rule": rule_record(charter.rule),
        "venue": charter.venue,
        "hour": f"{charter.hour:%H:%M}",
        "revise_by": _plain(charter.revise_by),
        "memberships": [membership_record(each) for each in charter.memberships],
        **{name: getattr(charter, name) for name in SPANS},
    }


def read_charter(kept: Mapping[str, Any]) -> Charter:
    return Charter(
        names=kept["names"],
        rule=read_rule(kept["rule"]),
        venue=kept["venue"],
        hour=time.fromisoformat(kept["hour"]),
        revise_by=_day(kept["revise_by"]),
        memberships=tuple(read_membership(each) for each in kept["memberships"]),
        **{name: kept[name] for name in SPANS},
    )


def membership_record(each: Membership) -> list[Any]:
    return [each.organisation, each.level, _plain(each.joined), _plain(each.left), _plain(each.mandate_until)]


def read_membership(kept: list[Any]) -> Membership:
    organisation, level, joined, left, mandate_until = kept
    return Membership(organisation, level, _day(joined), _day(left), _day(mandate_until))


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
