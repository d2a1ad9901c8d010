"""The phones of the benchmarks: they ask until the time is over, and know how long each answer took."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.__main__ import names
from benchmarks.known_people import move_in, surroundings
from benchmarks.phones import phones
from benchmarks.updates_echo import __file__ as echo
from start import ROOT


def test_updates_due_and_start_are_known_by_name() -> None:
    assert {"updates", "due", "start"} <= set(names())


def test_phones_ask_again_until_the_time_is_over_and_all_are_answered(tmp_path: Path) -> None:
    move_in(tmp_path / "known")
    with phones() as asking:
        command = [sys.executable, "-m", f"benchmarks.{Path(echo).stem}", asking.url, str(tmp_path / "known")]
        with subprocess.Popen(command, cwd=ROOT, env=surroundings(tmp_path / "known", asking.url)) as process:
            try:
                once, again = asking.ask(3), asking.ask(2, seconds=0.3)
            finally:
                process.terminate()
    assert len(once.took) == 3
    assert len(again.took) == again.answered + 2, "those in flight when the time was over are answered too"
    assert 0 < again.percentile(0.5) <= again.percentile(0.99)
