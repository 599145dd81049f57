"""Request → Page: conditional, polite, bounded. Sole owner of httpx (and of httpcore, truststore, ssl and socket).

    schedule      which source is visited when, by how many threads at once
    fetcher       one request, two tries
    attempt       one try: redirects followed, one deadline over all of them
    transport     httpx's seam: connections that know the deadline, the size and where they may lead
    network       the sockets below it

Importing this package imports none of the libraries; making a `Fetcher` does.
"""

import sys

# httpx brings a command line of its own, and loads rich and pygments for it where they are installed: 45 ms for a
# function that nobody calls here. Where that module cannot be imported, httpx does without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

from webwatch.fetch.fetcher import Fetcher, user_agent  # noqa: E402
from webwatch.fetch.schedule import visits  # noqa: E402

__all__ = ["Fetcher", "user_agent", "visits"]
