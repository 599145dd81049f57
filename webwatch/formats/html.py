"""A complete page that also survives mail programs: inline styles only, readable on light and on dark, under 90 kB."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from webwatch.formats import Format, Screen
from webwatch.formats._layout import lay_out
from webwatch.formats._size import fitted

if TYPE_CHECKING:
    from webwatch.model import Digest

TEMPLATE = "_digest.html.j2"


def render(digest: Digest, _screen: Screen) -> str:
    """The page, with as many items as fit into 90 kB; it says how many are left out."""
    return fitted(digest, page)


def page(digest: Digest) -> str:
    """The page with all of its items, however long."""
    return _environment().get_template(TEMPLATE).render(layout=lay_out(digest))


@cache
def _environment() -> Environment:
    """Every value is escaped, and a name that the template gets wrong is an error."""
    return Environment(
        loader=PackageLoader("webwatch", "formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


part = Format(render=render)
