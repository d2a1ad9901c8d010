"""What the parts of reading a pack share: its folder, what is known so far, the faults and warnings found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.core.pack import Fault
from bot.core.topics import Topics
from bot.fields import Entry, entries
from bot.marked import Mapped, Unreadable, read_marked
from bot.topics import LANGUAGES

NAME_LONGEST = 60


class PackFaults(Exception):
    """The pack does not hold and nothing of it was taken: every fault, in the order of files and lines."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Reading:
    """A pack being read."""

    def __init__(self, folder: Path, topics: Topics) -> None:
        self.folder = folder
        self.topics = topics
        self.languages: tuple[str, ...] = LANGUAGES
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.astray: set[str] = set()  # places whose own point is a fault: nothing is measured from them

    def entries(self, file: str) -> list[Entry]:
        """The entries of one file; none, with the fault kept, where it cannot be read."""
        try:
            node, faults = read_marked(self.folder / file, file)
        except Unreadable as error:
            self.faults.append(error.fault)
            return []
        self.faults.extend(faults)
        return entries(file, node, self.faults)

    def single(self, file: str) -> Entry | None:
        """The one entry that a file is; None, with the fault kept, where it cannot be read."""
        try:
            node, faults = read_marked(self.folder / file, file)
        except Unreadable as error:
            self.faults.append(error.fault)
            return None
        self.faults.extend(faults)
        if isinstance(node, Mapped):
            return Entry(file, node, self.faults)
        mend = "Write fields, one a line: `id: …`."
        self.faults.append(Fault(file, node.line, "file", "is not a group of fields.", mend))
        return None

    def warn(self, entry: Entry, key: str, problem: str, mend: str) -> None:
        """Keep what the pack may be loaded with, but should not keep."""
        self.warnings.append(Fault(entry.file, entry.line(key), f"{entry.path}{key}", problem, mend))


def is_new(entry: Entry, entry_id: str, known: Mapping[str, object]) -> bool:
    """Whether the id is this entry's own; a second one is a fault."""
    if not entry.sound("id"):
        return False
    if entry_id in known:
        entry.wrong("id", (f"{entry_id} stands twice.", "Give it another id, or remove one of them."))
    return entry_id not in known
