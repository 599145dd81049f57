"""What a request costs: `python benchmarks/fetching.py [--requests N] [--latency 0] [--pages]`.

Serves a page on loopback, each request on a host of its own (127.0.x.y), from a process of its own, with the given
latency in milliseconds (an interval such as 50-200 is drawn from evenly). Each reader makes N conditional requests
(with `--pages` unconditional ones, 50 kB each) in a process of its own. CPU is the reader's, import excluded.

    ours            webwatch.fetch: Fetcher and visits
    httpx, shared   one httpx.Client, 16 threads
    httpx, each     an httpx.Client for each of 96 threads, one TLS context
    curl            curl -Z --parallel-max 100, in C
"""

import argparse
import asyncio
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ETAG = '"1"'
BODY = b"x" * 50_000
DATE = b"Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nServer: bench\r\nETag: " + ETAG.encode() + b"\r\n"
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n" + DATE + b"\r\n"
PAGE = b"HTTP/1.1 200 OK\r\n" + DATE + b"Content-Type: text/xml\r\nContent-Length: 50000\r\n\r\n" + BODY


class Answers(asyncio.Protocol):
    """304 to who sends a validator, the page to others, after the latency."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def connection_made(self, transport):
        """Keeps the connection to answer on."""
        self.transport = transport

    def data_received(self, data):
        """Takes what came for one whole request, since the readers send theirs in one piece."""
        answer = NOT_MODIFIED if b"if-none-match" in data.lower() else PAGE
        delay = random.uniform(self.low, self.high)
        if delay:
            asyncio.get_running_loop().call_later(delay, self.transport.write, answer)
        else:
            self.transport.write(answer)


async def serve(low, high):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Answers(low, high), "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def urls(count, port):
    return [f"http://127.0.{number // 250}.{number % 250 + 1}:{port}/feed.xml" for number in range(count)]


def ours(addresses, headers):
    from webwatch.fetch import Fetcher, user_agent, visits
    from webwatch.model import FetchRules, Request, Source

    rules = FetchRules(
        timeout=timedelta(seconds=20),
        total=timedelta(minutes=10),
        per_host_pause=timedelta(seconds=1),
        max_bytes=10_000_000,
    )
    fetcher = Fetcher(
        rules, user_agent=user_agent(""), clock=lambda: datetime.now(UTC), sleep=time.sleep, random=random.random
    )
    sources = [Source(name=address, url=address) for address in addresses]
    etag = headers.get("If-None-Match", "")

    def read():
        for batch in visits(sources, lambda s: fetcher.get(Request(url=s.url, etag=etag)), total=rules.total):
            assert all(page.not_modified == bool(etag) for _, page in batch)
        fetcher.close()

    return read


def httpx_shared(addresses, headers):
    import httpx

    client = httpx.Client(trust_env=False)

    def read():
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda address: client.get(address, headers=headers), addresses))

    return read


def httpx_each(addresses, headers):
    import httpx

    tls = httpx.create_ssl_context()
    local = threading.local()
    limits = httpx.Limits(max_keepalive_connections=1)

    def one(address):
        if not hasattr(local, "client"):
            local.client = httpx.Client(verify=tls, trust_env=False, limits=limits)
        local.client.get(address, headers=headers)

    def read():
        with ThreadPoolExecutor(96) as pool:
            list(pool.map(one, addresses))

    return read


def curl(addresses, headers):
    command = ["curl", "-s", "-Z", "--parallel-max", "100"]
    command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]

    def read():
        with tempfile.NamedTemporaryFile("w", suffix=".curl") as config:
            config.writelines(f'url = "{address}"\noutput = /dev/null\n' for address in addresses)
            config.flush()
            subprocess.run([*command, "-K", config.name], check=True, stderr=subprocess.DEVNULL)

    return read


READERS = {"ours": ours, "httpx, shared": httpx_shared, "httpx, each": httpx_each, "curl": curl}


def cpu():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def measure(name, count, port, conditional):
    """In a process of its own: prints milliseconds of CPU a request, wall seconds, and what memory grew by."""
    headers = {"If-None-Match": ETAG} if conditional else {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = READERS[name](urls(count, port), headers)
    began, cpu_began = time.perf_counter(), cpu()
    read()
    wall, used = time.perf_counter() - began, cpu() - cpu_began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{name:15} {1000 * used / count:8.2f} {wall:8.2f} {grown:8.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=1_000)
    parser.add_argument("--latency", default="0", help="milliseconds, such as 50-200")
    parser.add_argument("--pages", action="store_true", help="unconditional requests: 50 kB each")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--reader", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    low, _, high = options.latency.partition("-")
    if options.serve:
        asyncio.run(serve(float(low) / 1000, float(high or low) / 1000))
    if options.reader:
        measure(options.reader, options.requests, options.port, not options.pages)
        return
    this = [sys.executable, __file__, "--requests", str(options.requests), "--latency", options.latency]
    with subprocess.Popen([*this, "--serve"], stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip()
        print(f"{'':15} {'ms CPU':>8} {'wall s':>8} {'+MB RSS':>8}")
        for name in READERS:
            subprocess.run([*this, "--reader", name, "--port", port, *["--pages"] * options.pages], check=False)
        server.terminate()


if __name__ == "__main__":
    main()
