"""Reading a pack, data/communities/<id>/, into the domain's records: all of it, or every fault at once.

How a coordinator writes one is told in docs/packs.md.
"""

from __future__ import annotations

from pathlib import Path

from bot.core.pack import Pack, digest_of
from bot.core.topics import Topics
from bot.packs.activities import read_activities
from bot.packs.charter import read_charter
from bot.packs.community import read_community, read_organisations, read_places
from bot.packs.first_steps import read_first_steps
from bot.packs.programmes import read_programmes
from bot.packs.reading import PackFaults, Reading
from bot.topics import TopicFaults, read_topics

__all__ = ["PACKS", "PackFaults", "read_pack"]

PACKS = Path(__file__).parent.parent.parent / "data" / "communities"


def read_pack(folder: Path, topics: Topics | None = None) -> Pack:
    """The pack in a folder, whole. Raises PackFaults with all its faults, or with those of topics.yaml first."""
    try:
        reading = Reading(folder, topics or read_topics())
    except TopicFaults as error:
        raise PackFaults(error.faults) from error
    community = read_community(reading)
    places = read_places(reading, community)
    organisations = read_organisations(reading, places)
    activities = read_activities(reading, community, places, organisations)
    charter = read_charter(reading, community, organisations)
    programmes, cohorts = read_programmes(reading, community, places, organisations)
    first_steps = read_first_steps(reading)
    if reading.faults or community is None:
        raise PackFaults(tuple(sorted(reading.faults, key=lambda fault: (fault.file, fault.line))))
    content = (community, tuple(places.values()), organisations, (*activities, *cohorts))
    digest = digest_of(*content, charter, first_steps, programmes)
    return Pack(*content, digest, tuple(reading.warnings), charter, first_steps, programmes)
