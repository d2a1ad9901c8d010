"""`start.py test` with the real tools on a small project: every check runs, and pytest has the last word."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow

LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-schema.txt")

CONFIGURATION = """
[tool.ruff]
line-length = 120
[tool.mypy]
files = ["bot", "tests"]
cache_dir = "TYPES_KEPT"
[tool.importlinter]
root_packages = ["bot"]
[[tool.importlinter.contracts]]
name = "one way down"
type = "layers"
layers = ["bot.edge", "bot.core"]
[tool.pytest.ini_options]
addopts = "-q -p no:cacheprovider"
markers = ["browser", "slow"]
"""

PASSING = '''"""Tests."""

import pytest


def test_one_thing_holds() -> None:
    assert 1 + 1 == 2


@pytest.mark.slow
def test_a_slow_thing_does_not() -> None:
    raise AssertionError
'''

SKIPPING = '''"""Tests."""

import pytest


def test_a_thing_nobody_looks_at() -> None:
    pytest.skip("no time")
'''


SKIPPING_WHOLE = '"""Tests."""\n\nimport pytest\n\npytest.importorskip("a_library_that_nobody_has")\n'


@pytest.fixture(scope="session")
def types_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where mypy keeps what it knows of Python's own library, which costs it seconds to read."""
    return tmp_path_factory.mktemp("types")


@pytest.fixture
def project(tmp_path: Path, types_kept: Path) -> Path:
    """A small project that passes every check, with an environment that borrows the libraries of this one."""
    here = tmp_path / "a project"
    modules = {
        "bot/__init__.py": "",
        "bot/__main__.py": '"""The command line."""\n\nimport sys\n\nassert sys.argv[1:] == ["check", "--offline"]\n',
        "bot/core.py": '"""The core."""\n',
        "bot/edge.py": '"""An edge."""\n\nimport bot.core\n\n__all__ = ["bot"]\n',
        "tests/__init__.py": "",
        "tests/test_it.py": PASSING,
        "pyproject.toml": CONFIGURATION.replace("TYPES_KEPT", str(types_kept)),
        **dict.fromkeys(LOCKS, ""),
    }
    for name, text in modules.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "start.py", here)
    for folder in (here / ".venv", here / "var" / "schema-venv"):
        borrow(folder, [here / lock for lock in LOCKS])
    return here


def borrow(folder: Path, locks: list[Path]) -> None:
    """An environment with the libraries of the one that runs these tests, stamped as made by start.py."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site = folder / "lib" / Path(sysconfig.get_path("purelib")).parent.name / "site-packages"
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (folder / "installed-locks").write_text("\n".join(start._stamp(lock) for lock in locks), encoding="ascii")
    for tool in ("ruff", "lint-imports"):
        (folder / "bin" / tool).symlink_to(Path(sysconfig.get_path("scripts")) / tool)


def check(project: Path, *words: str) -> tuple[int, list[str]]:
    """The exit code and the lines of `start.py test`."""
    outcome = subprocess.run(
        [sys.executable, project / "start.py", "test", *words],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return outcome.returncode, outcome.stdout.splitlines()


def test_every_check_has_its_line_and_pytest_has_the_last(project: Path) -> None:
    code, lines = check(project, "--fast")
    stages = [line.split(" ...")[0].strip() for line in lines if " ..." in line]
    assert (code, stages) == (
        0,
        [
            *("ruff", "ruff format", "mypy --strict", "import contracts"),
            *("settings, data and catalogues", "reading the tests"),
        ],
    )
    assert lines[-1].startswith("1 passed in ")


def test_a_failing_check_is_shown_and_the_others_still_run(project: Path) -> None:
    (project / "bot" / "core.py").write_text('"""The core."""\n\nimport bot.edge\n\nX : int="x"\n', encoding="utf-8")
    code, lines = check(project, "--fast", "-n0", "tests")
    failed = [line.split(" ...")[0].strip() for line in lines if line.endswith("FAILED")]
    assert (code, failed) == (1, ["ruff", "ruff format", "mypy --strict", "import contracts"])
    assert [line for line in lines if "bot/core.py:5: error: Incompatible types in assignment" in line] != []
    assert [line for line in lines if "bot.core is not allowed to import bot.edge" in line] != []
    assert lines[-1].startswith("1 passed, 1 deselected in ")


def test_a_failing_test_is_the_exit_code(project: Path) -> None:
    code, lines = check(project, "--fast", "-n0", "-m", "slow")
    assert code == 1
    assert lines[-1].startswith("1 failed, 1 deselected in ")


@pytest.mark.parametrize(
    ("side_by_side", "ci", "closing"),
    [((), "true", "1 failed in "), ((), "", "1 skipped in "), (("-n", "2"), "true", "1 failed in ")],
)
@pytest.mark.parametrize("text", [SKIPPING, SKIPPING_WHOLE])
def test_in_ci_what_is_skipped_has_failed(
    project: Path, side_by_side: tuple[str, ...], text: str, ci: str, closing: str
) -> None:
    shutil.copy(ROOT / "tests" / "no_skips.py", project / "tests" / "conftest.py")
    (project / "tests" / "test_it.py").write_text(text, encoding="utf-8")
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", *side_by_side],
        cwd=project,
        env={"PATH": os.environ["PATH"], "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    last = outcome.stdout.splitlines()[-1]
    assert last.startswith(closing.replace("failed", "error") if text == SKIPPING_WHOLE else closing)
    assert (outcome.returncode in {0, 5}) == (ci == "")  # 5: the one file there was has been skipped
