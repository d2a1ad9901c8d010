"""What the demo's tests share: one running demo, since its start is what costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demo.running import RunningDemo, running_demo


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """One demo for the tests that leave it running. Each brings phones of its own, or sets it back before it begins."""
    with running_demo(tmp_path_factory.mktemp("theatre") / "demo folder") as running:
        yield running
