"""A complete mail for `sendmail -t`: plain text and HTML (RFC 2046 §5.1.4), the same bytes for the same digest.

The sender is left to sendmail. The whole of it is ASCII and under 90 kB, so that nothing on its way has to change it.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import default as policy
from hashlib import sha256
from typing import TYPE_CHECKING

from webwatch.formats import Format, Screen
from webwatch.formats._layout import lay_out
from webwatch.formats._size import fitted
from webwatch.formats.html import page
from webwatch.formats.plain import plain_text

if TYPE_CHECKING:
    from webwatch.model import Digest

# What a mailbox looks like without the comments and quotes of RFC 5322, by which a header can be made to lie.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


def render(digest: Digest, _screen: Screen) -> str:
    """The mail, with as many items as fit into 90 kB; `To` is left out where the digest names nobody."""
    return fitted(digest, mail)


def mail(digest: Digest) -> str:
    """The mail with all of its items, however long; lines end in a bare line feed, as sendmail wants them."""
    layout = lay_out(digest)
    plain, html = plain_text(layout), page(digest)
    recipients = ", ".join(ADDRESS.findall(digest.mail_to))
    identity = sha256(f"{recipients}\n{digest.generated_at.isoformat()}\n{plain}".encode()).hexdigest()[:32]
    message = EmailMessage(policy=policy)
    if recipients:
        message["To"] = recipients
    message["Subject"] = layout.subject
    message["Date"] = digest.generated_at.astimezone(digest.zone)
    message["Message-ID"] = f"<{identity}@webwatch.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = layout.language
    message.set_boundary(f"=_{identity}")
    return message.as_bytes().decode("ascii")


part = Format(render=render)
