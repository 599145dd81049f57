"""Where the configuration is: as asked for, as the environment says, here, or in the user's own folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "config.yaml"


def find(explicit: str | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The absolute path of the configuration: `--config`, $WEBWATCH_CONFIG, ./config.yaml, the user's config folder.

    Raises `UsageError` where the first that is named is not there, or none is.
    """
    for named, told in ((explicit, "--config"), (environ.get("WEBWATCH_CONFIG"), "$WEBWATCH_CONFIG")):
        if named:
            return _existing(cwd / named, told)
    looked_at = [cwd / NAME]
    if not _exists(looked_at[0]):
        looked_at += _in_user_folder()
    for path in looked_at:
        if _exists(path):
            return path
    places = "\n".join(f"  {path}" for path in looked_at)
    raise UsageError(
        f"no configuration found; looked at\n{places}\n`webwatch init` writes one; --config FILE names one elsewhere"
    )


def _existing(path: Path, told: str) -> Path:
    if not _exists(path):
        raise UsageError(f"{told} names {path}, and there is no such file; `webwatch init` writes one")
    return path


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (OSError, ValueError):  # not there, not to be seen, or no name that a file can have
        return False
    return True


def _in_user_folder() -> list[Path]:
    from platformdirs import user_config_path

    folder = user_config_path("webwatch", appauthor=False)
    return [folder / NAME] if folder.is_absolute() else []  # without a home it is a literal "~"
