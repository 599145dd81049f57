"""Which certificates are believed: those of the operating system; and why one is not, in words.

`truststore` asks the system's own verifier on macOS and Windows. Where OpenSSL itself reads the system's certificates
(Linux, BSD) it is not used: it reads the bundle again for each connection (21 ms of CPU each, measured with 0.10.5),
and it holds one lock during each handshake, so that one server that drips its handshake would hold up all others.
"""

from __future__ import annotations

import ssl
import sys
from pathlib import Path

_NOT_A_PARTNER = "it may be too old, or no web server"
_REASONS = {
    # X509_V_ERR_*, from OpenSSL's x509_vfy.h
    9: "is not valid yet (is this machine's clock right?)",
    10: "has expired",
    18: "is self-signed",
    19: "goes back to an authority that this machine does not trust",
    20: "was issued by an authority that this machine does not trust, or the server leaves out a part of the chain",
    21: "cannot be verified: the server leaves out a part of the chain",
    23: "was revoked",
    62: "is for another host name",
    64: "is for another address",
}


def context() -> ssl.SSLContext:
    """A new context that verifies against the system's trust store; costs about 20 ms."""
    if sys.platform in {"darwin", "win32"} or not _openssl_has_certificates():
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return ssl.create_default_context()


def is_shareable(tls: ssl.SSLContext) -> bool:
    """Whether handshakes of several threads may run in one context at the same time."""
    return type(tls) is ssl.SSLContext


def reason(error: Exception) -> str:
    """Why a TLS connection could not be made, as the end of a sentence that begins with the host."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _REASONS.get(error.verify_code) or f"was not accepted ({error.verify_message})"
        return f"has a certificate that {why}"
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return "hung up while the encrypted connection was being set up"
    detail = getattr(error, "reason", None) or str(error)
    return f"does not offer an encrypted connection that this machine accepts ({detail}): {_NOT_A_PARTNER}"


def _openssl_has_certificates() -> bool:
    """Whether OpenSSL was built for this system's layout; a portable Python may look where there is nothing."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile) or (bool(paths.capath) and any(Path(paths.capath).glob("*.0")))
