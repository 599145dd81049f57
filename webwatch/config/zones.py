"""Time zones by name, and the zone that this computer is set to."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from webwatch.config.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

_LOCALTIME = Path("/etc/localtime")


def named(name: str) -> tzinfo:
    """The zone of an IANA name (`Europe/Amsterdam`); raises `ValueError` as `shapes.Value` wants it."""
    zone = _zone(name)
    if zone is None:
        raise ValueError(*_remedy(name))
    return zone


def of_system(environ: Mapping[str, str], localtime: Path = _LOCALTIME) -> tzinfo:
    """The zone in $TZ, else the one that /etc/localtime is (a link to), else UTC."""
    return (
        _zone(environ.get("TZ", "").removeprefix(":"))
        or _zone(_linked_name(localtime))
        or _zone_in_file(localtime)
        or UTC
    )


def _zone(name: str) -> tzinfo | None:
    if not name:
        return None
    if name.upper() == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no zone's name or file; a folder such as "Europe"
        return None


def _linked_name(localtime: Path) -> str:
    try:
        return str(localtime.resolve()).partition("/zoneinfo/")[2]
    except (OSError, RuntimeError):
        return ""


def _zone_in_file(localtime: Path) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        with localtime.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return None


def _remedy(name: str) -> tuple[str, ...]:
    from zoneinfo import available_timezones

    known = sorted(available_timezones())
    if not known:
        return ("cannot be looked up, for this computer has no time zones: install the package tzdata",)
    cities = {zone.rpartition("/")[2]: zone for zone in known}
    guess = nearest(name, known) or cities.get(nearest(name.rpartition("/")[2].replace(" ", "_"), cities), "")
    return ("is not a time zone: write one such as Europe/Amsterdam", f" (did you mean {guess!r}?)" if guess else "")
