"""Addresses (URLs): absolute, unwrapped, and canonical, so that one thing has one address.

The canonical form is an identity, not something to visit: it has no scheme, no `www.`, `m.` or `amp.`, no tracking
parameters, no session ids, no slash at the end. Every function takes whatever was found in the wild and never raises.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_LENGTH = 2_000

_WRAPPERS = (
    # host, path prefix, the parameters that may carry the target
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}$"), "/url", ("url", "q")),
    (re.compile(r"(?:www\.)?bing\.com$"), "/news/apiclick.aspx", ("url",)),
    (re.compile(r"(?:www\.)?talkwalker\.com$"), "/", ("url", "u")),
    (re.compile(r"[a-z0-9.-]+\.safelinks\.protection\.outlook\.com$"), "/", ("url",)),
    (re.compile(r"l{1,2}m?\.(?:facebook|instagram)\.com$"), "/", ("u",)),
    (re.compile(r"out\.reddit\.com$"), "/", ("url",)),
    (re.compile(r"(?:www\.)?youtube\.com$"), "/redirect", ("q",)),
)

# What marketing, mail and social platforms add to a link; none of them says what is shown.
_TRACKING = re.compile(
    r"(?:utm_|ga_|hsa_|pk_|piwik_|mtm_|matomo_|mc_|oly_|vero_|trk_|at_medium|at_campaign|__hs|_hs|wt_)\w*"
    r"|(?:fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|epik|s_cid|cmpid|"
    r"xtor|ocid|cvid|mkt_tok|ref_src|ref_url|rss|feature|spm|_ga|_gl|share_id|guccounter|wprov|srsltid)$",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:sid|s|phpsessid|jsessionid|aspsessionid\w*|zenid|oscsid|session_?id|cfid|cftoken)$", re.IGNORECASE
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SESSION_IN_QUERY = re.compile(
    r"(?<=[?&;])(?:sid|s|phpsessid|jsessionid|aspsessionid\w*|zenid|oscsid|session_?id|cfid|cftoken)="
    r"(?=[^&;#]*\d)[0-9a-z,-]{16,}(?:[&;]|(?=#)|$)|;(?:jsessionid|phpsessid)=[^/?#;&]*",
    re.IGNORECASE,
)
_MAY_HOLD_SESSION = re.compile(r"[?&;](?:s|[a-z_]*sess[a-z_]*id\w*|sid|zenid|oscsid|cfid|cftoken)=", re.IGNORECASE)
_END_OF_QUERY = re.compile(r"[?&;]+(?=#|$)")
_HOST = re.compile(r"[\w.:%-]+\Z")
_HOST_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?=/?$)|^/amp(?=/)", re.IGNORECASE)
# Most links of a page, which need no closer look: joined to its address as they stand.
_SERVER = r"https?://[a-z0-9.-]*[a-z0-9](?::\d{1,5})?"
_REST = r"(?:\?[^\s#]+)?(?:#\S+)?\Z"
_WHOLE = re.compile(rf"{_SERVER}(?:/[^\s?#;]*)?{_REST}", re.ASCII)
_RELATIVE = re.compile(rf"(?:\./(?=\w))?(/?(?:[\w%~-][\w%~.+=,@-]*/?)*+)({_REST})(?<=.)", re.ASCII)
_PAGE = re.compile(rf"({_SERVER})(?=[/?#]|\Z)((?:/[\w%~-][\w%~.-]*)*/)?([\w%~.-]*)(\?[^\s#]+)?(?:#|\Z)", re.ASCII)
_PLAIN = re.compile(
    r"https?://(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]+)((?:/[A-Za-z0-9_-]+)*(?:(?<!/index)\.(?:html|php))?)/?(?:\?([^#]*))?\Z"
)
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_.=&-]*\Z")
_MAY_BE_WRAPPED = re.compile(r"https?://[^/]*(?:google|bing|talkwalker|outlook|facebook|instagram|reddit|youtube)\.")
_POST = re.compile(r"[a-z_-]{0,24}\d[\w-]{0,40}$|!?/", re.IGNORECASE)
_SESSION_ID = re.compile(r"(?=.*\d)[0-9a-z,-]{16,}$", re.IGNORECASE)
_FROM = re.compile(r"(?:source|from|via|ref|cmp|outputtype|amp)$", re.IGNORECASE)
_FROM_A_FEED = re.compile(r"(?:rss|feed|amp|1|true|newsletter|twitter|facebook)$", re.IGNORECASE)
_INDEX = re.compile(r"/index\.html?$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PARAMETERS = 100


def absolute(base: str, address: str) -> str:
    """`address` as it stands on the page `base` (RFC 3986 §5); "" where that gives no http(s) address."""
    if _WHOLE.match(address):
        return address if len(address) <= _MAX_LENGTH else ""
    if (simple := _RELATIVE.match(address)) and (page := _PAGE.match(base)):
        path, rest = simple.groups()
        server, folder, file, query = page.groups("")
        if path:
            before = server if path[0] == "/" else f"{server}{folder or '/'}"
        else:
            before = f"{server}{folder}{file}{query if rest[0] == '#' else ''}"
        joined = f"{before}{path}{rest}"
        return joined if len(joined) <= _MAX_LENGTH else ""
    try:
        joined = urljoin(base, "".join(address.split()) if "\n" in address else address.strip())
        parts = urlsplit(joined)
        usable = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname)
    except ValueError:
        return ""
    return joined if usable and len(joined) <= _MAX_LENGTH else ""


def host(address: str) -> str:
    """The host name in lower case, without the port; "" where there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def server(address: str) -> str:
    """Who answers there: the host, with its port where that is not a usual one (80, 443); "" where there is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if port and port not in _DEFAULT_PORTS.values() else parts.hostname or ""


def unwrapped(address: str) -> str:
    """The target of a redirect of an alert, mail or social service; any other address as it is."""
    for _ in range(3):
        if not _MAY_BE_WRAPPED.match(address):
            break
        target = _target(address)
        if not target:
            break
        address = target
    return address


def _target(address: str) -> str:
    try:
        parts = urlsplit(address)
        name = parts.hostname or ""
    except ValueError:
        return ""
    for pattern, prefix, parameters in _WRAPPERS:
        if parts.path.startswith(prefix) and pattern.match(name):
            query = dict(_parameters(parts.query))
            for parameter in parameters:
                if target := absolute("", query.get(parameter, "")):
                    return target
    return ""


def without_session(address: str) -> str:
    """An address to visit, without the session id that servers write into links for those who keep no cookies."""
    if not _MAY_HOLD_SESSION.search(address):
        return address
    shorter = _SESSION_IN_QUERY.sub("", address)
    return address if shorter == address else _END_OF_QUERY.sub("", shorter)


def is_at(address: str, domains: Iterable[str]) -> bool:
    """Whether an address is at one of these domains, or below one."""
    name = host(address)
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def canonical(address: str) -> str:
    """The identity of an address: the same for all spellings of the same page, and its own canonical form.

    Fragments stay where they name a post (`#p777`) and go where they only scroll. What is no http(s) address (a tag:
    or urn: id, `http://[bad`) comes back stripped.
    """
    plain = _PLAIN.match(address)
    if plain and not _MAY_BE_WRAPPED.match(address):
        host_name, path, query = plain.groups()
        if not _HOST_PREFIX.match(host_name) and not _AMP_PATH.search(path):
            return f"{host_name}{path}{_query(query)}" if query else host_name + path
    # A lone surrogate cannot be escaped. The bytes behind `%E9` pass through as such, and come back as they were.
    return _canonical(unwrapped(address.strip().encode("utf-8", "replace").decode()))


def _canonical(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
        name = (parts.hostname or "").rstrip(".")
    except ValueError:
        return address
    if parts.scheme.lower() not in _DEFAULT_PORTS or not _HOST.match(name):
        return address
    place = _host(name) + (f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme.lower()] else "")
    return f"{place}{_path(parts.path)}{_query(parts.query)}{_fragment(parts.fragment)}"


def _host(name: str) -> str:
    """The host without its presentation prefixes, in ASCII (IDNA 2003, as the standard library has it)."""
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return name
    while prefix := _HOST_PREFIX.match(name):
        name = name[prefix.end() :]
    return name


def _path(path: str) -> str:
    """The path with its dot segments resolved, its escapes in one spelling, and without session, amp and end slash."""
    path = _escaped(_SESSION_PATH.sub("", path), safe="/:@!$&'()*+,;=~-._")
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in {".", ""}:
            kept.append(segment)
    path = "".join(f"/{segment}" for segment in kept)
    while (shorter := _AMP_PATH.sub("", _INDEX.sub("", path))) != path:
        path = shorter
    return path


def _query(query: str) -> str:
    """The parameters that say what is shown, sorted."""
    if not query:
        return ""
    if _PLAIN_QUERY.match(query) and query.count("&") < _MAX_PARAMETERS:
        pairs = [part.partition("=")[::2] for part in query.split("&") if part]
        kept = sorted(pair for pair in pairs if not _is_noise(*pair))
        return "?" + "&".join(f"{name}={value}" for name, value in kept) if kept else ""
    kept = sorted(pair for pair in _parameters(query) if not _is_noise(*pair))
    return "?" + urlencode(kept, errors="surrogateescape") if kept else ""


def _parameters(query: str) -> list[tuple[str, str]]:
    if query.count("&") >= _MAX_PARAMETERS:
        query = "&".join(query.split("&", _MAX_PARAMETERS)[:_MAX_PARAMETERS])
    return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")


def _is_noise(name: str, value: str) -> bool:
    if _TRACKING.match(name):
        return True
    if _SESSION.match(name):
        return bool(_SESSION_ID.match(value))
    return bool(_FROM.match(name) and _FROM_A_FEED.match(value))


def _escaped(part: str, safe: str) -> str:
    """The part with its percent-escapes in one spelling."""
    return quote(unquote(part, errors="surrogateescape"), safe=safe, errors="surrogateescape")


def _fragment(fragment: str) -> str:
    return f"#{_escaped(fragment, safe='!/-_')}" if _POST.match(fragment) else ""
