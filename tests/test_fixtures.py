"""Every page in tests/fixtures/<kind>/ against the `.expected.json` beside it.

    python -m tests.test_fixtures --regenerate

rewrites the expectations, for review as a diff. A page whose server sends a Content-Type that matters has it in its
expectation, where it is kept.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from webwatch import parse
from webwatch.errors import ParseError
from webwatch.model import Context, Page, Source

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PAGES = sorted(
    page
    for kind in ("alerts", "feed")
    for page in (FIXTURES / kind).iterdir()
    if not page.name.endswith(".expected.json")
)


def expectation(page: Path) -> Path:
    return page.with_name(f"{page.stem}.expected.json")


def page_and_context(path: Path, content_type: str = "") -> tuple[Page, Context]:
    source = Source(name="fixture", url="https://example.nl/pages/feed.xml", kind=path.parent.name)
    page = Page(url=source.url, headers={"content-type": content_type}, body=path.read_bytes())
    return page, Context(source=source, now=NOW, zone=ZoneInfo("Europe/Amsterdam"))


def seen(path: Path, content_type: str) -> dict[str, Any]:
    """What webwatch sees, as JSON holds it; fields that are empty are left out."""
    given = {"content_type": content_type} if content_type else {}
    page, context = page_and_context(path, content_type)
    try:
        parsed = parse.load(path.parent.name).parse(page, context)
    except ParseError as error:
        return {**given, "error": str(error), "failure": str(error.failure)}
    entries = [{name: _plain(value) for name, value in entry._asdict().items() if value} for entry in parsed.entries]
    problems = {"problems": list(parsed.problems)} if parsed.problems else {}
    return {**given, "title": parsed.title, "language": parsed.language, **problems, "entries": entries}


def _plain(value: object) -> object:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_gives_what_stands_beside_it(path: Path):
    expected = json.loads(expectation(path).read_text("utf-8"))

    assert seen(path, expected.get("content_type", "")) == expected


@pytest.mark.parametrize("kind", ["alerts", "feed"])
def test_every_expectation_has_its_page(kind: str):
    expected = {path.name for path in (FIXTURES / kind).glob("*.expected.json")}

    assert expected == {expectation(path).name for path in PAGES if path.parent.name == kind}


def regenerate() -> None:
    for path in PAGES:
        beside = expectation(path)
        old = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
        new = json.dumps(seen(path, old.get("content_type", "")), ensure_ascii=False, indent=1)
        beside.write_text(f"{new}\n", "utf-8")


if __name__ == "__main__" and "--regenerate" in sys.argv:
    regenerate()
