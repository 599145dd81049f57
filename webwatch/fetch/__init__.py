"""Request → Page: conditional, polite, bounded. Sole owner of httpx (and of httpcore, truststore, ssl and socket).

    schedule      which source is visited when, by how many threads at once
    fetcher       one request, two tries
    attempt       one try: redirects followed, one deadline over all of them
    transport     httpx's seam: connections that know the deadline, the size and where they may lead
    network       the sockets below it

Importing this package imports none of the libraries; making a `Fetcher` does.
"""

from webwatch.fetch.fetcher import Fetcher, user_agent
from webwatch.fetch.schedule import visits

__all__ = ["Fetcher", "user_agent", "visits"]
