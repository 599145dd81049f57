"""YAML → Config. A wrong file names all its faults at once, each with line, column, setting and remedy.

    nodes     YAML text → nodes with their places          schema    the table of settings
    decode    nodes → values, by the table                 values    what a single value may be
    describe  the table → JSON Schema                      shapes    what the table is made of
    location  which file                                   template  the file that `webwatch init` writes

Only `nodes` imports yaml, and only when a file is read.
"""

from __future__ import annotations

from webwatch.config.describe import json_schema
from webwatch.config.location import find
from webwatch.config.reading import load
from webwatch.config.template import starter

__all__ = ["find", "json_schema", "load", "starter"]
