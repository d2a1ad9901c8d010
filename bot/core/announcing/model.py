"""An announcement's records, frozen: the announcement, its versions by language, and whom it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

AnnouncementState = Literal[
    "draft",  # being written; nobody gets it
    "planned",  # decided; it waits for its time, and can be changed or cancelled
    "sending",  # its deliveries are written, or being written
    "sent",  # nothing waits any more; late joiners may still get it
    "cancelled",
]
VersionState = Literal[
    "human",  # written or checked by a person who speaks the language
    "draft",  # written, checked by nobody
    "asked",  # a volunteer was asked for it
    "offered",  # a volunteer has sent it; a coordinator has not looked yet
]
DeliveryState = Literal[
    "waiting",
    "sending",  # claimed; its batch is in flight
    "held",  # there is no version in the person's language yet
    "sent",
    "stopped",  # the person said stop, before or meanwhile
    "blocked",  # the person has blocked the bot
    "gone",  # the account is no more
    "failed",
    "late",  # its life was over before it could be said
    "cancelled",
]
Missing = Literal["hold", "fallback"]
Role = Literal["", "newcomer", "volunteer", "coordinator"]

READY: tuple[VersionState, ...] = ("human", "draft")
"""Versions that can be sent."""

OPEN: tuple[DeliveryState, ...] = ("waiting", "sending", "held")
"""Deliveries that may still become a message."""

LIFE = timedelta(days=7)
"""For how long an announcement is worth saying, where nothing else says so: after that a delivery is late."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for. What is empty excludes nobody; what is set holds together ("and").

    `km` is a radius round `town`, 0 for the town alone. `band` is an age band as told in Let's Network; `audience` an
    audience of activities in which somebody took part; `activity` what they signed up for, on `day` or at any time.
    """

    languages: tuple[str, ...] = ()
    town: str = ""
    km: int = 0
    role: Role = ""
    band: str = ""
    audience: str = ""
    activity: int = 0
    day: date | None = None

    @property
    def is_everyone(self) -> bool:
        return self == EVERYONE


EVERYONE = Audience()


@dataclass(frozen=True, slots=True)
class Version:
    """An announcement in one language. `texts` are one or two pieces of Telegram's HTML, each fit for a bubble.

    `voice` is the file id of a voice note. `by` is the volunteer who was asked, or who sent it. `edition` grows with
    each change; `corrected` is the last person whose delivered message was corrected to it, None where none need be.
    """

    language: str
    state: VersionState
    texts: tuple[str, ...] = ()
    voice: str = ""
    by: int | None = None
    edition: int = 1
    corrected: int | None = None

    @property
    def is_ready(self) -> bool:
        return self.state in READY and bool(self.texts or self.voice)


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement. `edition` grows with every change, so that a button knows what its reader saw.

    It is said at `due`, or `offset` from the start of an occurrence (`activity`, `day`), which it moves with. `until`
    ends its life. `queued` is the last person whose delivery is written, None before the writing begins. `bubble` is
    the author's message that shows how it goes.
    """

    id: int
    community: str
    author: int | None
    state: AnnouncementState
    source: str
    made: datetime
    versions: Mapping[str, Version] = field(default_factory=dict)
    audience: Audience = EVERYONE
    photo: str = ""
    missing: Missing = "fallback"
    urgent: bool = False
    late_joiners: bool = False
    paused: bool = False
    edition: int = 1
    due: datetime | None = None
    activity: int | None = None
    day: date | None = None
    offset: timedelta | None = None
    until: datetime | None = None
    queued: int | None = None
    started: datetime | None = None
    ended: datetime | None = None
    bubble: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed: nobody has it."""
        return self.state in ("draft", "planned")

    @property
    def is_over(self) -> bool:
        """Whether nobody gets it any more, but for late joiners."""
        return self.state in ("sent", "cancelled")

    @property
    def ready(self) -> tuple[str, ...]:
        """The languages in which it can be sent."""
        return tuple(language for language, each in self.versions.items() if each.is_ready)


def audience_to(wanted: Audience) -> dict[str, Any]:
    """As it is kept: only what is set."""
    kept: dict[str, Any] = {name: getattr(wanted, name) for name in ("town", "km", "role", "band", "audience")}
    kept |= {"languages": list(wanted.languages), "activity": wanted.activity}
    if wanted.day is not None:
        kept["day"] = wanted.day.isoformat()
    return {name: value for name, value in kept.items() if value}


def audience_from(kept: Mapping[str, Any]) -> Audience:
    """The other way round."""
    values = dict(kept)
    if "day" in values:
        values["day"] = date.fromisoformat(values["day"])
    return Audience(**{**values, "languages": tuple(values.get("languages", ()))})
