"""Every page in tests/fixtures/forum/<engine>/ against the `.expected.json` beside it.

    python -m tests.test_forum --regenerate [engine]

rewrites the expectations, for review as a diff. A page says in its first comment what real markup it follows and which
address it stands for; pages that cannot hold a comment (JSON) have theirs in `addresses.txt`.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from webwatch.errors import ParseError
from webwatch.formats.json import read_object
from webwatch.model import Context, Page, Source
from webwatch.parse import forum
from webwatch.parse._document import Document
from webwatch.parse.forum import engines

FIXTURES = Path(__file__).parent / "fixtures" / "forum"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")


def pages_in(folder: Path) -> list[Path]:
    """The pages in its folders, without what is expected of them."""
    return sorted(
        page for page in folder.glob("*/*") if page.suffix in {".html", ".json"} and ".expected" not in page.name
    )


PAGES = pages_in(FIXTURES)
_ADDRESS = re.compile(r"address: (\S+)")


def address(path: Path) -> str:
    """The address that a page stands for."""
    listed = path.parent / "addresses.txt"
    if listed.exists():
        for line in listed.read_text("utf-8").splitlines():
            case, _, url = line.partition(" ")
            if case == path.name:
                return url.strip()
    found = _ADDRESS.search(path.read_text("utf-8", errors="replace")[:2_000])
    assert found, f"{path} does not say which address it stands for"
    return found[1]


def seen(path: Path) -> dict[str, Any]:
    """What webwatch sees, as its JSON holds it; of entries and thread what is empty is left out."""
    page = Page(url=address(path), body=path.read_bytes())
    source = Source(name="fixture", url=page.url, kind="forum")
    try:
        parsed = forum.parse(page, Context(source=source, now=NOW, zone=ZONE))
    except ParseError as error:
        return {"error": str(error), "failure": str(error.failure)}
    told = read_object(parsed, page.url, "forum")
    told["entries"] = [_filled(entry) for entry in told["entries"]]
    told["thread"] = _filled(told["thread"] or {})
    return _filled(told)


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", None, [], {}, False) and name != "schema"}


def expectation(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_gives_what_stands_beside_it(path: Path):
    assert seen(path) == json.loads(expectation(path).read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_is_recognised_by_its_own_engine_alone(path: Path):
    document = Document(Page(url=address(path), body=path.read_bytes()))
    by = {name for name in engines.names() if engines.load(name).recognises(document)}

    assert by <= {path.parent.name}
    assert engines.recognised(document) in {path.parent.name, ""}


@pytest.mark.parametrize("engine", engines.names())
def test_every_engine_has_its_pages(engine: str):
    assert any(path.parent.name == engine for path in PAGES)


def test_every_expectation_has_its_page():
    assert set(FIXTURES.glob("*/*.expected.json")) == {expectation(path) for path in PAGES}


def regenerate(engine: str = "") -> None:
    for path in PAGES:
        if engine in {"", path.parent.name}:
            expectation(path).write_text(f"{json.dumps(seen(path), ensure_ascii=False, indent=1)}\n", "utf-8")


if __name__ == "__main__":
    if "--regenerate" in sys.argv:
        regenerate(*sys.argv[2:])
    else:
        print(__doc__)
