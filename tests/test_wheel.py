"""What is installed is what was built: the wheel, run from an empty folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command import Desk

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The wheel, unpacked as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "build",
        "--quiet",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_all_that_the_demo_and_the_formats_need(installed, desk: Desk):
    shown = desk.run("demo", "--format", "html", PYTHONPATH=str(installed))
    assert "Bakkerij De Vries" in shown.stdout
    assert list(desk.folder.iterdir()) == []


def test_the_wheel_is_what_ran(installed, desk: Desk):
    script = "import webwatch; print(webwatch.__file__)"
    environment = desk.environment(PYTHONPATH=str(installed))
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=desk.folder, capture_output=True, check=True
    )
    assert done.stdout.decode().startswith(str(installed))


def test_the_wheel_holds_nothing_but_the_package(installed):
    assert {path.name.partition("-")[0] for path in installed.iterdir()} == {"webwatch"}
