"""What every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Desk
from tests.web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    """A web of one's own, on loopback."""
    with Web() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder to run the command line in."""
    return Desk(tmp_path)
