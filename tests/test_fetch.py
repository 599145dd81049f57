"""Fetching, against real sockets: what is sent, what is made of the answers, and that no server can harm us."""

import gzip
import itertools
import re
import socket
import threading
import zlib
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.web import CERTIFICATES, Web
from webwatch import __version__
from webwatch.errors import FailureClass, FetchError
from webwatch.fetch import Fetcher, user_agent, visits
from webwatch.fetch.network import is_public, looks_public
from webwatch.fetch.proxies import covers
from webwatch.fetch.transport import Transport
from webwatch.model import FetchRules, Request, Source

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


_made = []


@pytest.fixture(autouse=True)
def _all_is_closed():
    yield
    while _made:
        _made.pop().close()


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def fetcher(*, timeout=5.0, max_bytes=100_000, pause=0.0, transport=None, slept=None):
    rules = FetchRules(
        timeout=timedelta(seconds=timeout),
        total=timedelta(minutes=1),
        per_host_pause=timedelta(seconds=pause),
        max_bytes=max_bytes,
    )
    client = Fetcher(
        rules,
        user_agent=user_agent("mailto:info@example.nl"),
        clock=lambda: NOW,
        sleep=(slept if slept is not None else []).append,
        random=lambda: 0.5,
        transport=transport,
    )
    _made.append(client)
    return client


def get(url, *, etag="", last_modified="", **options):
    return fetcher(**options).get(Request(url=url, etag=etag, last_modified=last_modified))


def failure(url, **options):
    with pytest.raises(FetchError) as caught:
        get(url, **options)
    error = caught.value
    assert len(str(error)) < 600
    assert str(error).isprintable()
    return error


def paths(web):
    return [call.path for call in web.requests]


# ------------------------------------------------------------------------------------------------ what is sent


def test_a_page_comes_with_its_address_status_headers_and_size(web):
    web.page("/feed.xml", b"<rss/>", headers={"Content-Type": "application/rss+xml", "X-Twice": "a"})
    page = get(web.url("/feed.xml"))
    assert (page.url, page.status, page.body, page.wire_bytes) == (web.url("/feed.xml"), 200, b"<rss/>", 6)
    assert page.headers["content-type"] == "application/rss+xml"
    assert not page.not_modified


def test_we_say_who_we_are_what_we_read_and_nothing_else(web):
    web.page("/", headers={"Set-Cookie": "id=1"})
    client = fetcher()
    client.get(Request(url=web.url("/")))
    client.get(Request(url=web.url("/")))
    headers = web.requests[1].headers
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert headers["user-agent"] == f"webwatch/{__version__} (+mailto:info@example.nl)"
    assert headers["accept"].startswith("application/atom+xml, application/rss+xml, application/feed+json")
    assert headers["accept-encoding"] == "gzip"


def test_a_contact_cannot_smuggle_headers_into_the_user_agent():
    assert user_agent("") == f"webwatch/{__version__}"
    assert user_agent("a@b.nl)\r\nX: (é") == f"webwatch/{__version__} (+a@b.nlX:)"


def test_the_validators_go_back_byte_for_byte_and_a_304_is_a_page_without_body(web):
    etag = 'W/"caf\xe9, \xff"'
    web.on("/", lambda call: call.answer(b"x", 304 if "if-none-match" in call.headers else 200, {"ETag": etag}))
    client = fetcher()
    first = client.get(Request(url=web.url("/")))
    again = client.get(
        Request(url=web.url("/"), etag=first.headers["etag"], last_modified="Mon, 23 Nov 2026 09:00:00 GMT")
    )
    assert again.not_modified
    assert (again.status, again.body) == (304, b"")
    assert f"If-None-Match: {etag}".encode("latin-1") in web.requests[1].raw
    assert web.requests[1].headers["if-modified-since"] == "Mon, 23 Nov 2026 09:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_a_bad_response(web):
    web.page("/", status=304)
    assert failure(web.url("/")).failure == FailureClass.BAD_RESPONSE


def test_a_connection_is_used_again_for_the_same_host(web):
    connections = []
    web.on("/", lambda call: (connections.append(call.connection.getpeername()), call.answer(b"x")))
    client = fetcher()
    client.get(Request(url=web.url("/")))
    client.get(Request(url=web.url("/")))
    assert connections[0] == connections[1]


def test_a_login_in_the_address_is_sent_and_never_shown(web):
    web.page("/", b"x")
    address = web.url("/").replace("http://", "http://anna:ge%40heim@")
    page = get(address)
    assert web.requests[0].headers["authorization"] == "Basic YW5uYTpnZUBoZWlt"
    assert page.url == web.url("/")
    assert "heim" not in str(failure(address + "missing"))


def test_a_login_does_not_follow_a_redirect_to_another_host(web):
    web.redirect("/", web.url("/there", host="127.0.0.2"))
    web.redirect("/same", "/here")
    web.on("", lambda call: call.answer(b"x"))
    get(web.url("/").replace("http://", "http://anna:geheim@"))
    get(web.url("/same").replace("http://", "http://anna:geheim@"))
    assert ["authorization" in call.headers for call in web.requests] == [True, False, True, True]


def test_addresses_of_version_six_are_visited():
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")

    def serve():
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + connection.recv(4096))

    with server:
        threading.Thread(target=serve, daemon=True).start()
        place = f"[::1]:{server.getsockname()[1]}"
        assert f"Host: {place}".encode() in get(f"http://{place}/").body


def test_a_host_with_letters_outside_ascii_is_looked_up_in_punycode():
    asked = []

    def resolve(host, *_):
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert failure("http://bücher.example/", transport=Transport(resolve=resolve)).failure == FailureClass.NO_SUCH_HOST
    assert asked == [b"xn--bcher-kva.example"]


# ------------------------------------------------------------------------------------------------ statuses


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (204, FailureClass.BAD_RESPONSE),
        (206, FailureClass.BAD_RESPONSE),
        (300, FailureClass.BAD_RESPONSE),
        (400, FailureClass.BAD_RESPONSE),
        (401, FailureClass.BLOCKED),
        (403, FailureClass.BLOCKED),
        (404, FailureClass.NOT_FOUND),
        (408, FailureClass.TIMEOUT),
        (410, FailureClass.GONE),
        (429, FailureClass.RATE_LIMITED),
        (451, FailureClass.BLOCKED),
        (500, FailureClass.SERVER_ERROR),
        (501, FailureClass.SERVER_ERROR),
        (599, FailureClass.SERVER_ERROR),
    ],
)
def test_each_status_has_its_class_and_the_message_names_host_and_status(web, status, expected):
    web.page("/", b"text", status=status)
    error = failure(web.url("/"))
    assert (error.failure, error.status) == (expected, status)
    assert "127.0.0.1" in str(error)
    assert str(status) in str(error)


@pytest.mark.parametrize(("status", "expected"), [(429, FailureClass.RATE_LIMITED), (503, FailureClass.SERVER_ERROR)])
def test_retry_after_is_kept_and_no_second_try_is_made(web, status, expected):
    web.page("/", status=status, headers={"Retry-After": "600"})
    error = failure(web.url("/"))
    assert (error.failure, error.retry_at) == (expected, NOW + timedelta(minutes=10))
    assert paths(web) == ["/"]


def test_a_bot_wall_is_blocked_and_not_an_error_of_the_server(web):
    web.page("/header", status=503, headers={"CF-Mitigated": "challenge"})
    web.page("/page", b"<title>One moment: Challenge</title>", status=503, headers={"Server": "cloudflare"})
    web.page("/down", b"<title>Down</title>", status=503, headers={"Server": "cloudflare"})
    assert failure(web.url("/header")).failure == FailureClass.BLOCKED
    assert failure(web.url("/page")).failure == FailureClass.BLOCKED
    assert failure(web.url("/down")).failure == FailureClass.SERVER_ERROR


# ------------------------------------------------------------------------------------------------ two tries


def once(then, first):
    """A handler that does `first` once, and `then` from the second request on."""
    left = [first]

    def handle(call):
        handler = left.pop() if left else then
        handler(call)

    return handle


@pytest.mark.parametrize(
    "trouble",
    [
        lambda call: call.answer(b"", 500),
        lambda call: call.answer(b"", 502),
        lambda call: call.answer(b"", 503),
        lambda call: call.reset(),
        lambda call: call.connection.close(),
        lambda call: (call.answer(b"half", length=8), call.connection.close()),
    ],
)
def test_what_may_pass_gets_a_second_try_after_a_pause(web, trouble):
    web.on("/", once(lambda call: call.answer(b"well"), first=trouble))
    slept = []
    assert get(web.url("/"), slept=slept).body == b"well"
    assert len(slept) == 1
    assert 0 < slept[0] <= 2


@pytest.mark.parametrize("status", [400, 404, 410, 501])
def test_what_will_not_pass_gets_none(web, status):
    web.page("/", status=status)
    failure(web.url("/"))
    assert len(web.requests) == 1


def test_there_is_no_third_try(web):
    web.page("/", status=500)
    failure(web.url("/"))
    assert len(web.requests) == 2


def test_nothing_listens_there():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    slept = []
    error = failure(f"http://127.0.0.1:{port}/", slept=slept)
    assert error.failure == FailureClass.UNREACHABLE
    assert str(port) in str(error)
    assert len(slept) == 1


@pytest.mark.parametrize(
    ("code", "tries"), [(socket.EAI_NONAME, 1), (socket.EAI_AGAIN, 2)], ids=["no such name", "no name server"]
)
def test_a_name_that_is_unknown_is_not_asked_twice_but_a_silent_name_server_is(code, tries):
    asked = []

    def resolve(host, *_):
        asked.append(host)
        raise socket.gaierror(code, "x")

    error = failure("http://forum.example/", transport=Transport(resolve=resolve))
    assert error.failure == FailureClass.NO_SUCH_HOST
    assert len(asked) == tries


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "[bad", "a..b"])
def test_a_host_that_cannot_be_a_name_is_no_such_host(host):
    assert failure(f"http://{host}/").failure in {FailureClass.NO_SUCH_HOST, FailureClass.BAD_RESPONSE}


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "http://", "nonsense", "http://a b\x00/"])
def test_what_is_no_web_address_is_refused(url):
    assert failure(url).failure == FailureClass.BAD_RESPONSE


def test_the_next_address_of_a_host_is_tried_where_the_first_is_dead(web):
    web.page("/", b"second")
    port = web.port()

    def resolve(*_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.9", "127.0.0.1")]

    assert get("http://two.example/", transport=Transport(resolve=resolve)).body == b"second"


# ------------------------------------------------------------------------------------------------ deadlines and bounds

HOSTILE = 0.3  # seconds: short, since each of these ends by its deadline


@pytest.mark.parametrize(
    "slow",
    [
        lambda call: call.hang(),
        lambda call: call.drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 50_000),
        lambda call: (call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n"), call.drip(b"x")),
        lambda call: (call.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), call.drip(b"1\r\nx\r\n")),
    ],
    ids=["silence", "headers", "body", "chunks"],
)
def test_a_server_that_hangs_or_drips_is_cut_off_at_the_deadline(web, slow):
    web.on("/", slow)
    assert failure(web.url("/"), timeout=HOSTILE).failure == FailureClass.TIMEOUT
    assert len(web.requests) == 1


def test_a_server_that_never_ends_its_interim_answers_is_cut_off(web):
    def interim(call):
        while True:
            call.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000)

    web.on("/", interim)
    assert failure(web.url("/")).failure in {FailureClass.TOO_LARGE, FailureClass.BAD_RESPONSE}


def test_a_chain_of_redirects_has_one_deadline(web):
    for step in range(4):
        web.on(f"/{step}", lambda call, step=step: slow_redirect(call, step + 1))

    def slow_redirect(call, step):
        call._closing.wait(0.15)
        call.answer(b"", 302, {"Location": f"/{step}"})

    assert failure(web.url("/0"), timeout=HOSTILE).failure == FailureClass.TIMEOUT


# A TLS record of 16 kB (RFC 8446 §5.1) with a ServerHello that is as long, of which little comes
SERVER_HELLO = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" + bytes(200)


@pytest.mark.parametrize("pace", ["silent", "dripping"])
def test_a_tls_handshake_that_never_ends_is_cut_off(pace):
    closing = threading.Event()

    def serve(server):
        connection, _ = server.accept()
        with connection:
            for byte in SERVER_HELLO if pace == "dripping" else b"":
                if not closing.wait(0.02):
                    connection.sendall(bytes([byte]))
            closing.wait(5)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        error = failure(f"https://127.0.0.1:{server.getsockname()[1]}/", timeout=HOSTILE)
        closing.set()
    assert error.failure == FailureClass.TIMEOUT


def test_a_length_above_the_bound_is_refused_before_the_body(web):
    web.on("/", lambda call: call.answer(b"", length=100_001))
    error = failure(web.url("/"))
    assert error.failure == FailureClass.TOO_LARGE
    assert "fetch.max_bytes" in str(error)


def test_a_body_without_end_is_cut_off_at_the_bound(web):
    def endless(call):
        call.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            call.send(b"x" * 10_000)

    web.on("/", endless)
    assert failure(web.url("/")).failure == FailureClass.TOO_LARGE


def test_a_body_of_exactly_the_bound_passes(web):
    web.page("/", b"x" * 100_000)
    web.page("/zip", gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    assert len(get(web.url("/")).body) == 100_000
    assert len(get(web.url("/zip")).body) == 100_000


def test_a_gzip_bomb_is_cut_off_after_decompression(web):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    begin, megabyte = (squeeze.compress(bytes(1_000_000)) + squeeze.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    web.page("/", begin + megabyte * 1_000, headers={"Content-Encoding": "gzip"})
    assert failure(web.url("/"), max_bytes=2_000_000).failure == FailureClass.TOO_LARGE


def test_a_bomb_of_many_members_is_cut_off_too(web):
    web.page("/", gzip.compress(b"") * 3_000, headers={"Content-Encoding": "gzip"})
    assert failure(web.url("/")).failure == FailureClass.BAD_RESPONSE


@pytest.mark.parametrize(
    "head",
    [
        b"garbage\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Nul: a\x00b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n",
    ],
    ids=["garbage", "status", "nul", "many headers", "negative length", "two lengths", "bad chunk", "tls alert"],
)
def test_what_is_not_http_is_a_bad_response(web, head):
    web.on("/", lambda call: (call.send(head), call.hang()))
    assert failure(web.url("/")).failure == FailureClass.BAD_RESPONSE


@pytest.mark.parametrize("claimed", [20, 5_000])
def test_a_body_that_is_shorter_than_was_said_broke_off(web, claimed):
    web.on("/", lambda call: (call.answer(b"x" * 10, length=claimed), call.connection.close()))
    error = failure(web.url("/"))
    assert error.failure == FailureClass.BAD_RESPONSE
    assert "broke off" in str(error)


def test_a_reset_without_an_answer_is_unreachable(web):
    web.on("/", lambda call: call.reset())
    assert failure(web.url("/")).failure == FailureClass.UNREACHABLE


# ------------------------------------------------------------------------------------------------ compression


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_gzip_is_read_in_one_or_many_members_and_both_sizes_are_known(web, coding):
    text = b"".join(b"<item>%d</item>" % number for number in range(5_000))
    packed = gzip.compress(text[:100]) + gzip.compress(text[100:])
    web.page("/", packed, headers={"Content-Encoding": coding})
    page = get(web.url("/"))
    assert page.body == text
    assert page.wire_bytes == len(packed)


@pytest.mark.parametrize("tail", [b"\x00" * 512, b"garbage"])
def test_what_follows_the_last_gzip_member_is_ignored(web, tail):
    web.page("/", gzip.compress(b"text") + tail, headers={"Content-Encoding": "gzip"})
    assert get(web.url("/")).body == b"text"


@pytest.mark.parametrize("cut", [1, 8, 12, 40])
def test_gzip_that_ends_too_early_is_a_bad_response(web, cut):
    packed = gzip.compress(bytes(range(256)))
    web.page("/", packed[:-cut], headers={"Content-Encoding": "gzip"})
    assert failure(web.url("/")).failure == FailureClass.BAD_RESPONSE


def test_plain_text_under_a_gzip_label_is_a_bad_response(web):
    web.page("/", b"<rss/>", headers={"Content-Encoding": "gzip"})
    assert failure(web.url("/")).failure == FailureClass.BAD_RESPONSE


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip"])
def test_other_compression_than_gzip_is_refused_by_name(web, coding):
    web.page("/", b"\x1b\x00", headers={"Content-Encoding": coding})
    error = failure(web.url("/"))
    assert error.failure == FailureClass.BAD_RESPONSE
    assert coding in str(error)


# ------------------------------------------------------------------------------------------------ redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_page_knows_where_it_came_from(web, status):
    web.redirect("/old", "../new?a=1#part", status=status)
    web.page("/new?a=1", b"new")
    page = get(web.url("/old"), etag='"1"')
    assert (page.url, page.body) == (web.url("/new?a=1"), b"new")
    assert web.requests[1].headers["if-none-match"] == '"1"'


def test_five_redirects_are_followed_and_the_sixth_is_not(web):
    for step in range(6):
        web.redirect(f"/{step}", f"/{step + 1}")
    web.page("/6", b"end")
    assert get(web.url("/1")).body == b"end"
    assert failure(web.url("/0")).failure == FailureClass.BAD_RESPONSE


def test_a_circle_is_seen(web):
    web.redirect("/a", "/b")
    web.redirect("/b", "/a")
    assert "circle" in str(failure(web.url("/a")))
    assert paths(web) == ["/a", "/b"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://", "", "//"]
)
def test_a_redirect_to_what_is_no_web_address_is_refused(web, target):
    web.redirect("/", target)
    assert failure(web.url("/")).failure == FailureClass.BAD_RESPONSE
    assert len(web.requests) == 1


def test_a_login_that_a_redirect_brings_is_not_sent(web):
    web.redirect("/", web.url("/there", host="127.0.0.2").replace("http://", "http://eve:x@"))
    web.on("", lambda call: call.answer(b"x"))
    assert "eve" not in get(web.url("/")).url
    assert "authorization" not in web.requests[1].headers


def public_but(*inside):
    """A transport for which all of loopback is the internet, but for these addresses."""
    return Transport(is_public=lambda address: address not in inside)


def test_a_public_site_cannot_send_us_inside(web):
    web.redirect("/", web.url("/secret", host="127.0.0.2"))
    error = failure(web.url("/"), transport=public_but("127.0.0.2"))
    assert error.failure == FailureClass.BLOCKED
    assert "inside your own network" in str(error)
    assert paths(web) == ["/"]


def test_a_public_site_cannot_send_us_inside_by_way_of_another(web):
    web.redirect("/", web.url("/middle", host="127.0.0.3"))
    web.redirect("/middle", web.url("/secret", host="127.0.0.2"))
    assert failure(web.url("/"), transport=public_but("127.0.0.2")).failure == FailureClass.BLOCKED
    assert paths(web) == ["/", "/middle"]


def test_a_name_that_changes_its_address_gains_nothing(web):
    web.redirect("/", "/secret")
    web.page("/secret", b"secret", headers={"Connection": "close"})
    found = iter(["127.0.0.1", "127.0.0.2"])
    ports = {address: web.port(address) for address in ("127.0.0.1", "127.0.0.2")}

    def resolve(*_):
        address = next(found)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, ports[address]))]

    transport = Transport(resolve=resolve, is_public=lambda address: address == "127.0.0.1")
    assert failure("http://rebinding.example/", transport=transport).failure == FailureClass.BLOCKED
    assert paths(web) == ["/"]


def test_the_owners_own_intranet_may_redirect_within_itself(web):
    web.redirect("/", web.url("/there", host="127.0.0.2"))
    web.page("/there", b"fine")
    assert get(web.url("/")).body == b"fine"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("forum.example", False),
    ],
)
def test_public_addresses_are_those_of_the_internet_at_large(address, expected):
    assert is_public(address) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("forum.example.nl", True),
        ("93.184.216.34", True),
        ("localhost", False),
        ("printer", False),
        ("nas.local", False),
        ("x.localhost", False),
        ("10.0.0.1", False),
        ("::1", False),
        ("db.internal.", False),
    ],
)
def test_behind_a_proxy_the_name_has_to_do(host, expected):
    assert looks_public(host) is expected


# ------------------------------------------------------------------------------------------------ TLS


@pytest.fixture
def tls_web():
    with Web(tls="localhost.pem") as server:
        yield server


def test_a_certificate_that_the_system_trusts_is_accepted(tls_web, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    tls_web.page("/", b"secure")
    assert get(tls_web.url("/", host="localhost")).body == b"secure"


def test_an_open_connection_inside_is_no_way_round_the_check(web, tls_web, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    web.page("/secret", b"secret")
    tls_web.redirect("/", web.url("/secret", host="127.0.0.2"))
    client = fetcher(transport=public_but("127.0.0.2"))
    assert client.get(Request(url=web.url("/secret", host="127.0.0.2"))).body == b"secret"
    with pytest.raises(FetchError) as caught:
        client.get(Request(url=tls_web.url("/", host="localhost")))
    assert caught.value.failure == FailureClass.BLOCKED
    assert paths(web) == ["/secret"]


@pytest.mark.parametrize(
    ("certificate", "words"),
    [("localhost.pem", "self-signed"), ("expired.pem", "expired"), ("other-host.pem", "another host name")],
)
def test_a_certificate_that_is_refused_is_refused_in_words_and_once(certificate, words, monkeypatch):
    if words != "self-signed":
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / certificate))
    slept = []
    with Web(tls=certificate) as server:
        error = failure(server.url("/", host="localhost"), slept=slept)
    assert error.failure == FailureClass.TLS
    assert words in str(error)
    assert not slept


def test_a_handshake_that_never_ends_holds_up_no_other(tls_web, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    tls_web.page("/", b"secure")
    client = fetcher(timeout=5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"

        def visit():
            with pytest.raises(FetchError):
                client.get(Request(url=address))

        stuck = threading.Thread(target=visit)
        stuck.start()
        connection, _ = silent.accept()
        with connection:
            connection.recv(1)  # the handshake is under way
            assert client.get(Request(url=tls_web.url("/", host="localhost"))).body == b"secure"
            assert stuck.is_alive()
        stuck.join()


def test_https_to_a_port_that_speaks_http_is_a_tls_failure():
    def serve(server):
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        assert failure(f"https://127.0.0.1:{server.getsockname()[1]}/").failure == FailureClass.TLS


def test_a_login_goes_along_when_the_same_site_is_made_secure_and_not_to_its_other_ports():
    seen = []

    def site(request):
        seen.append(("authorization" in request.headers, str(request.url)))
        steps = {"http": "https://a.example/", "https": "https://a.example:8443/"}
        if request.url.port == 8443:
            return httpx.Response(200, content=b"end")
        return httpx.Response(302, headers={"Location": steps[request.url.scheme]})

    get("http://anna:x@a.example/", transport=httpx.MockTransport(site))
    assert seen == [(True, "http://a.example/"), (True, "https://a.example/"), (False, "https://a.example:8443/")]


# ------------------------------------------------------------------------------------------------ other ways out


def test_any_transport_of_httpx_serves_and_its_failures_are_ours():
    packed = gzip.compress(b"text")
    mock = httpx.MockTransport(lambda _: httpx.Response(200, content=packed, headers={"Content-Encoding": "gzip"}))
    assert get("http://a.example/", transport=mock).body == b"text"

    def raising(error):
        def handler(request):
            raise error("x", request=request)

        return httpx.MockTransport(handler)

    assert failure("http://a.example/", transport=raising(httpx.ReadTimeout)).failure == FailureClass.TIMEOUT
    assert failure("http://a.example/", transport=raising(httpx.ConnectError)).failure == FailureClass.UNREACHABLE
    error = failure("http://a.example/", transport=raising(httpx.RemoteProtocolError))
    assert error.failure == FailureClass.BAD_RESPONSE


def test_a_proxy_of_the_environment_is_used_and_is_none_of_the_public_addresses_business(web, monkeypatch):
    web.on("", lambda call: call.answer(call.path.encode()))
    monkeypatch.setenv("http_proxy", web.url("").replace("http://", "http://anna:x@"))
    assert get("http://forum.example.nl/feed").body == b"http://forum.example.nl/feed"
    assert web.requests[0].headers["proxy-authorization"] == "Basic YW5uYTp4"
    web.redirect("http://forum.example.nl/inside", "http://10.0.0.1/")
    assert failure("http://forum.example.nl/inside").failure == FailureClass.BLOCKED


def test_loopback_is_visited_without_the_proxy(web, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    web.page("/", b"direct")
    assert get(web.url("/")).body == b"direct"


def test_a_proxy_that_lets_nothing_through_is_named(web, monkeypatch):
    web.on("", lambda call: call.answer(b"", 407))
    monkeypatch.setenv("https_proxy", web.url(""))
    error = failure("https://forum.example.nl/")
    assert error.failure == FailureClass.BLOCKED
    assert "proxy" in str(error)


def test_a_proxy_of_another_kind_is_a_clear_failure(monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://anna:geheim@127.0.0.1:1080")
    error = failure("http://forum.example.nl/")
    assert error.failure == FailureClass.UNREACHABLE
    assert "geheim" not in str(error)


@pytest.mark.parametrize(
    ("name", "host", "port", "expected"),
    [
        ("*", "a.example", 80, True),
        ("example.com", "example.com", 80, True),
        ("example.com", "www.example.com", 80, True),
        ("example.com", "badexample.com", 80, False),
        (".example.com", "www.example.com", 80, True),
        ("*.example.com", "www.example.com", 80, True),
        ("example.com:8080", "example.com", 8080, True),
        ("example.com:8080", "example.com", 80, False),
        ("[::1]", "::1", 80, True),
        ("::1", "::1", 80, True),
        ("[2001:db8::1]:81", "2001:db8::1", 81, True),
        ("10.0.0.0/8", "10.9.8.7", 80, True),
        ("10.0.0.0/8", "11.9.8.7", 80, False),
        ("10.0.0.0/99", "10.9.8.7", 80, False),
        ("*.", "a.example", 80, False),
    ],
)
def test_no_proxy_is_read_as_it_is_commonly_written(name, host, port, expected):
    assert covers(name, host, port) is expected


# ------------------------------------------------------------------------------------------------ politeness


def test_the_hosts_of_redirects_get_their_pause_too(web):
    web.redirect("/", "/there")
    web.page("/there", b"x")
    slept = []
    get(web.url("/"), pause=1.0, slept=slept)
    assert len(slept) == 1
    assert 0 < slept[0] <= 1


def test_threads_visit_one_host_one_at_a_time(web):
    inside, most = [], []

    def handler(call):
        inside.append(1)
        most.append(len(inside))
        call._closing.wait(0.005)
        inside.pop()
        call.answer(b"x")

    web.on("/", handler)
    client = fetcher()
    threads = [threading.Thread(target=client.get, args=(Request(url=web.url("/")),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


# ------------------------------------------------------------------------------------------------ visits

MINUTE = timedelta(minutes=1)


def each(*arguments, **options):
    """The results of `visits`, one by one."""
    for batch in visits(*arguments, **options):
        yield from batch


def sources(count, hosts=None):
    return [Source(name=f"s{n}", url=f"http://h{n % (hosts or count)}.example/{n}") for n in range(count)]


def test_each_source_is_visited_once():
    listed = sources(300)
    results = list(each(listed, lambda source: source.name, total=MINUTE))
    assert sorted(results) == sorted((source, source.name) for source in listed)


def test_results_keep_the_order_of_the_sources_while_no_more_than_64_wait_for_one():
    listed = sources(65)
    first_is_last = threading.Event()
    done = itertools.count(1)

    def visit(source):
        if source.name == "s0":
            assert first_is_last.wait(30)
        elif next(done) == 64:
            first_is_last.set()
        return source.name

    assert list(each(listed, visit, total=MINUTE)) == [(source, source.name) for source in listed]


def test_there_may_be_no_sources_at_all():
    assert list(each([], lambda source: source, total=MINUTE)) == []


def test_sources_of_one_host_are_visited_one_after_the_other():
    busy, overlaps = set(), []
    lock = threading.Lock()

    def visit(source):
        host = source.url.split("/")[2]
        with lock:
            overlaps.append(host in busy)
            busy.add(host)
        threading.Event().wait(0.002)
        with lock:
            busy.discard(host)

    assert len(list(each(sources(60, hosts=6), visit, total=MINUTE))) == 60
    assert not any(overlaps)


def test_a_source_that_fails_is_a_result_and_hinders_no_other():
    def visit(source):
        if source.name == "s1":
            raise FetchError(FailureClass.GONE, "gone")
        return "read"

    outcomes = [outcome for _, outcome in each(sources(3), visit, total=MINUTE)]
    assert (outcomes[0], outcomes[2]) == ("read", "read")
    assert outcomes[1].failure == FailureClass.GONE


def test_a_bug_in_a_visit_is_loud():
    def visit(source):
        raise ZeroDivisionError(source.name)

    with pytest.raises(ZeroDivisionError) as caught:
        list(each(sources(3), visit, total=MINUTE))
    assert any(entry.name == "visit" for entry in caught.traceback)


def test_one_slow_source_blocks_nobody():
    held = threading.Event()

    def visit(source):
        if source.name == "s0":
            held.wait(10)
        return source.name

    seen = []
    for _, outcome in each(sources(200), visit, total=MINUTE):
        seen.append(outcome)
        if len(seen) == 100:
            held.set()
    assert seen[0] != "s0"
    assert sorted(seen) == sorted(source.name for source in sources(200))


def test_when_the_time_is_up_the_rest_times_out_and_nobody_waits_for_a_stuck_thread():
    stuck = threading.Event()

    def visit(source):
        if source.name == "s1":
            stuck.wait(30)
        return "read"

    listed = [Source(name=f"s{n}", url=f"http://h{n // 2}.example/{n}") for n in range(4)]
    results = dict(each(listed, visit, total=timedelta(seconds=0.3)))
    stuck.set()
    assert results[listed[0]] == "read"
    assert results[listed[1]].failure == FailureClass.TIMEOUT
    assert re.search(r"0\.3 s", str(results[listed[1]]))
    assert results[listed[2]] == results[listed[3]] == "read"


def test_at_most_as_many_results_wait_as_there_are_workers():
    taken, ahead = [], []
    four_wait = threading.Event()

    def visit(source):
        ahead.append(int(source.name[1:]) - len(taken))
        if len(ahead) == 4:
            four_wait.set()

    for result in each(sources(100, hosts=1), visit, total=MINUTE, workers=4):
        taken.append(result)
        assert four_wait.wait(10)
    assert len(taken) == 100
    assert max(ahead) <= 4


def test_a_reader_that_stops_early_stops_the_visits():
    started = []
    before = set(threading.enumerate())
    results = each(sources(100, hosts=1), started.append, total=MINUTE, workers=4)
    next(results)
    results.close()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert len(started) <= 5


def test_sources_without_a_host_are_each_on_their_own():
    listed = [Source(name=name, url="") for name in ("a", "b")]
    assert [outcome for _, outcome in each(listed, lambda source: source.name, total=MINUTE)] == ["a", "b"]


def test_importing_the_package_loads_none_of_the_libraries():
    import subprocess
    import sys

    code = "import sys, webwatch.fetch; print([m for m in ('httpx','httpcore','ssl','truststore') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
