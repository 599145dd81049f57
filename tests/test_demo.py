"""The demo's made-up web: that it is served as real servers do, is well formed where it should be, and stays fresh."""

from __future__ import annotations

import json
import re
import socket
import threading
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest
import yaml

from webwatch import demo

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
SOURCES = yaml.safe_load(demo.config_text("http://demo.test"))["sources"]
PATHS = [source["url"].removeprefix("http://demo.test") for source in SOURCES]
BROKEN = {"/dorpskrant.xml", "/regioradio.xml", "/klachtenplein.xml", "/wijkraad.html"}
WELL_FORMED = sorted(set(PATHS) - BROKEN)


@pytest.fixture(scope="module")
def base():
    with demo.serve(NOW) as address:
        yield address


def get(address, **headers):
    """Status, headers and body of one GET; error statuses too."""
    try:
        with urlopen(Request(address, headers=headers), timeout=5) as response:
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_the_config_names_thirteen_sources_at_the_given_address():
    assert len(SOURCES) == 13
    assert all(source["url"].startswith("http://demo.test/") for source in SOURCES)
    assert "{base}" not in demo.config_text("http://demo.test")


def test_every_file_of_the_web_is_a_source_of_the_config(base):
    served = {f"/{file.name}" for file in demo._files()}
    assert served == set(PATHS) - {"/regioradio.xml", "/klachtenplein.xml"}


@pytest.mark.parametrize("path", WELL_FORMED)
def test_a_feed_is_well_formed_and_has_several_entries(base, path):
    status, headers, body = get(base + path)
    assert status == 200
    assert b"{{" not in body
    if path.endswith(".json"):
        assert headers["Content-Type"] == "application/feed+json"
        assert len(json.loads(body)["items"]) >= 5
    else:
        root = ET.fromstring(body)
        assert sum(element.tag.rpartition("}")[2] in {"item", "entry"} for element in root.iter()) >= 5


@pytest.mark.parametrize("path", sorted({*WELL_FORMED, "/dorpskrant.xml"}))
def test_each_feed_has_entries_of_this_week_and_older_ones_and_none_of_tomorrow(base, path):
    body = get(base + path)[2].decode("latin-1")
    iso = [datetime.fromisoformat(found) for found in re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", body)]
    ages = [NOW - moment for moment in iso + [parsedate_to_datetime(d) for d in re.findall(r"\w{3}, .{20} GMT", body)]]
    assert min(ages) > timedelta(0)
    assert min(ages) < timedelta(days=2)
    if path != "/regiobundel.xml":
        assert max(ages) > timedelta(days=7)


def test_a_visitor_that_knows_the_etag_is_told_that_nothing_changed(base):
    tag = get(base + "/buurtforum.rdf")[1]["ETag"]
    status, headers, body = get(base + "/buurtforum.rdf", **{"If-None-Match": tag})
    assert (status, body, headers["ETag"]) == (304, b"", tag)


def test_a_visitor_that_knows_only_the_date_is_told_that_nothing_changed(base):
    date = get(base + "/buurtforum.rdf")[1]["Last-Modified"]
    assert get(base + "/buurtforum.rdf", **{"If-Modified-Since": date})[0] == 304


def test_a_wrong_etag_outweighs_a_right_date(base):
    date = get(base + "/buurtforum.rdf")[1]["Last-Modified"]
    assert get(base + "/buurtforum.rdf", **{"If-None-Match": '"old"', "If-Modified-Since": date})[0] == 200


def test_one_connection_carries_several_requests_also_after_a_304(base):
    connection = HTTPConnection(base.removeprefix("http://"), timeout=5)
    connection.request("GET", "/reacties.xml")
    first = connection.getresponse()
    first.read()
    connection.request("GET", "/reacties.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert connection.getresponse().read() == b""
    connection.request("GET", "/reacties.xml")
    assert b"Samira Bouzid" in connection.getresponse().read()
    connection.close()


def test_one_source_is_down_one_asks_for_patience_and_one_is_a_web_page(base):
    assert get(base + "/regioradio.xml")[0] == 503
    status, headers, _ = get(base + "/klachtenplein.xml")
    assert (status, headers["Retry-After"]) == (429, "3600")
    status, headers, body = get(base + "/wijkraad.html")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert b'rel="alternate"' in body


def test_what_is_not_there_is_not_found(base):
    assert get(base + "/elsewhere.xml")[0] == 404
    assert get(base + "/../config.yaml")[0] == 404


def test_the_mislabelled_source_says_utf8_and_is_not(base):
    body = get(base + "/dorpskrant.xml")[2]
    assert b'encoding="UTF-8"' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "geïnteresseerd" in body.decode("latin-1")


def test_moments_are_written_in_both_formats_whatever_the_zone_of_now():
    amsterdam = NOW.astimezone(timezone(timedelta(hours=1)))
    with demo.serve(amsterdam) as base:
        assert b"<dc:date>2026-03-01T13:30:00Z</dc:date>" in get(base + "/buurtforum.rdf")[2]
        assert b"<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>" in get(base + "/reacties.xml")[2]


def test_the_server_is_gone_afterwards():
    with demo.serve(NOW) as base:
        assert get(base + "/reacties.xml")[0] == 200
    with pytest.raises(OSError, match="refused"):
        HTTPConnection(base.removeprefix("http://"), timeout=5).connect()


def test_a_visitor_who_hangs_up_leaves_no_traceback(capfd):
    with demo.serve(NOW) as base:
        connection = socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])))
        connection.sendall(b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.close()
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(10)
    assert "Traceback" not in capfd.readouterr().err
