"""The one door to the network: what it lets in is small, soon over, and from where the pack said."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina

from iw_monitor.collect.addresses import refuse_scheme, resolve
from iw_monitor.collect.readings import Fetched
from iw_monitor.errors import CollectError

AGENT = "iw-monitor/0.1 (indicators and warnings; asks seldom, keeps ETags)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_PLAIN = frozenset({"accept", "user-agent", "accept-encoding", "if-none-match", "if-modified-since"})


class BusyError(CollectError):
    """The source asks to come again later, or did not answer this time."""

    def __init__(self, said: str, *, wait: timedelta | None = None) -> None:
        self.wait = wait
        super().__init__(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much, how long, how often."""

    bytes: int = 64 * 2**20  # after decompression
    whole: timedelta = timedelta(seconds=60)
    idle: timedelta = timedelta(seconds=15)
    redirects: int = 5
    attempts: int = 3
    patience: timedelta = timedelta(seconds=20)  # longest wait between attempts; a longer one is left to the next run
    first_wait: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked for: an address, with what is sent along and what is held already."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Fetches. ``allowed`` are the private or unencrypted hosts that the operator named."""

    allowed: frozenset[str] = frozenset()
    limits: Limits = Limits()

    def fetch(self, ask: Ask) -> Fetched:
        """Return what is at an address, or that it has not changed.

        Raises:
            CollectError: it may not be asked, does not answer in time, answers too much, or refuses.
        """
        limits = self.limits
        attempts = stamina.retry_context(
            on=self._wait_before_next,
            attempts=limits.attempts,
            timeout=limits.whole.total_seconds() * 2,
            wait_initial=limits.first_wait.total_seconds(),
            wait_max=limits.patience.total_seconds(),
            wait_jitter=limits.first_wait.total_seconds(),
        )
        for attempt in attempts:
            with attempt:
                return self._alone(ask)
        raise CollectError("nothing was asked")

    def _wait_before_next(self, error: Exception) -> bool | timedelta:
        if not isinstance(error, BusyError):
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= self.limits.patience else False

    def _alone(self, ask: Ask) -> Fetched:
        """Ask in a thread of its own, because the caller's may run an event loop already."""
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(lambda: asyncio.run(self._in_time(ask))).result()

    async def _in_time(self, ask: Ask) -> Fetched:
        host = urlsplit(ask.url).hostname or ask.url
        try:
            async with asyncio.timeout(self.limits.whole.total_seconds()):
                return await self._follow(ask)
        except TimeoutError as error:
            raise BusyError(f"{host} did not finish within {self.limits.whole.total_seconds():g} seconds") from error
        except httpx2.TimeoutException as error:
            raise BusyError(f"{host} was silent for {self.limits.idle.total_seconds():g} seconds") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise BusyError(f"{host} cannot be reached, or broke off ({type(error).__name__})") from error

    async def _follow(self, ask: Ask) -> Fetched:
        """Ask, and follow each redirect as if it were the first address."""
        url, headers = ask.url, _sent(ask)
        idle = httpx2.Timeout(self.limits.idle.total_seconds())
        async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=idle) as client:
            for _ in range(self.limits.redirects + 1):
                host = refuse_scheme(url, allowed=self.allowed)
                request = await self._pinned(client, url, host, headers)
                answer = await client.send(request, stream=True)
                try:
                    if answer.status_code not in REDIRECTS:
                        return await self._read(answer, host)
                    there = urljoin(url, answer.headers.get("location", ""))
                finally:
                    await answer.aclose()
                if urlsplit(there).hostname != urlsplit(url).hostname:
                    headers = {name: text for name, text in headers.items() if name.lower() in _PLAIN}
                url = there
        raise CollectError(f"{urlsplit(ask.url).hostname} leads from one address to the next without end")

    async def _pinned(
        self, client: httpx2.AsyncClient, url: str, host: str, headers: Mapping[str, str]
    ) -> httpx2.Request:
        """Return a request to the very address that was looked at, under the name that was asked for."""
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = await asyncio.to_thread(resolve, host, port, allowed=self.allowed)
        to = httpx2.URL(url).copy_with(host=address)
        named = {**headers, "Host": parts.netloc}
        return client.build_request("GET", to, headers=named, extensions={"sni_hostname": host})

    async def _read(self, answer: httpx2.Response, host: str) -> Fetched:
        if answer.status_code == 304:
            return Fetched(parts=(), unchanged=True)
        if answer.status_code in BUSY:
            wait = retry_after(answer.headers.get("retry-after", ""), said=answer.headers.get("date", ""))
            raise BusyError(f"{host} answers {answer.status_code}", wait=wait)
        if answer.status_code not in (200, 203):
            raise CollectError(f"{host} answers {answer.status_code}")
        body = await _limited(answer, self.limits.bytes, host)
        etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        return Fetched(parts=(body,), etag=etag[:500], last_modified=modified[:500])


def _sent(ask: Ask) -> dict[str, str]:
    held = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    usual = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
    return {**usual, **ask.headers, **{name: text for name, text in held.items() if text}}


async def _limited(answer: httpx2.Response, most: int, host: str) -> bytes:
    """Return the body, unpacked in small steps, so that a small answer cannot grow without bound."""
    body = bytearray()
    async for piece in _unpacked(answer, host):
        body += piece
        if len(body) > most:
            raise CollectError(f"{host} sends more than {most // 2**20} MiB")
    return bytes(body)


_STEP = 2**16


async def _unpacked(answer: httpx2.Response, host: str) -> AsyncIterator[bytes]:
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        async for piece in answer.aiter_raw(_STEP):
            yield piece
        return
    if packing not in ("gzip", "x-gzip"):
        raise CollectError(f"{host} packs its answer in a way that was not asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        async for piece in answer.aiter_raw(_STEP):
            left = piece
            while left:
                yield unpack.decompress(left, _STEP)
                left = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise CollectError(f"{host} packs its answer badly") from error
    if not unpack.eof:
        raise CollectError(f"{host} broke off in the middle")


def retry_after(text: str, *, said: str) -> timedelta | None:
    """Return how long a source asks to be left alone: a number of seconds, or until an instant by its own clock."""
    plain = text.strip()
    if plain.isascii() and plain.isdecimal() and len(plain) <= 9:
        return timedelta(seconds=int(plain))
    until, told = _http_date(text), _http_date(said)
    return None if until is None or told is None else max(until - told, timedelta(0))


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
