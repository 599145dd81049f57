"""webwatch as its owner runs it: the real command line, in a folder of one's own, with a database and a config."""

import json
import os
import subprocess
import sys
from pathlib import Path


class Desk:
    """A folder with a `config.yaml` in it. The clock stands where the test puts it."""

    def __init__(self, folder: Path, now: str = "2026-11-23T09:00:00Z") -> None:
        self.folder = folder
        self.now = now

    def configure(self, text: str) -> None:
        """Writes config.yaml; fast and in English unless `text` says otherwise."""
        fast = "" if "\nfetch:" in text else "\nfetch: {per_host_pause: 0s, timeout: 5s}"
        zone = "" if "timezone:" in text else "\ntimezone: Europe/Amsterdam"
        (self.folder / "config.yaml").write_text(text + fast + zone + "\n", encoding="utf-8")

    def environment(self, **extra: str) -> dict[str, str]:
        """A small environment: what cron gives, and the clock."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {**kept, "LANG": "C", "HOME": "/", "WEBWATCH_NOW": self.now, **extra}

    def run(self, *arguments: str, stdin: str = "", code: int | None = 0, **extra: str) -> subprocess.CompletedProcess:
        """Runs the command to its end; fails unless it leaves with `code` (None: any)."""
        done = subprocess.run(
            [sys.executable, "-m", "webwatch", *arguments],
            cwd=self.folder,
            env=self.environment(**extra),
            input=stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        assert code is None or done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments: str, **options: object) -> dict:
        """Runs the command with --json, and reads what it prints."""
        return json.loads(self.run(*arguments, "--json", **options).stdout)

    def mentions(self) -> list[dict]:
        """Every mention there is."""
        return self.json("list", "--all")["mentions"]


def rss(*items: str, title: str = "De Krant") -> bytes:
    """An RSS 2.0 feed of these `<item>` contents."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{inside}</channel></rss>'.encode()


def item(number: int, text: str = "Gisteren bij Bakkerij De Vries geweest.", **given: str) -> str:
    """The content of an `<item>`; `pubDate` defaults to the morning of 23 November 2026."""
    fields = {
        "title": f"Bericht {number}",
        "link": f"https://krant.example/{number}",
        "guid": f"https://krant.example/{number}",
        "pubDate": "Mon, 23 Nov 2026 08:00:00 +0000",
        "description": text,
    } | given
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value)
