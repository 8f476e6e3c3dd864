"""Asking an address on the open internet, and on nothing else. Knows no model.

An address may have been typed by anyone. So it is never asked of a machine of our own network: the name is resolved
once, every number it stands for is checked, and the connection goes to a number that was checked, with the name in
``Host`` and in TLS. A name that resolves to something else a moment later (DNS rebinding) changes nothing, and each
redirect is checked like the first address.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext as _

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
SECONDS = 10
BYTES_READ = 4096
SECONDS_BETWEEN = 1
REDIRECTING = {301, 302, 303, 307, 308}
TOO_MANY_REQUESTS = 429

# Unicast addresses of the internet; all other IPv6 is local, reserved or not assigned (IANA).
GLOBAL_V6 = ipaddress.ip_network("2000::/3")
# RFC 6052: where a network without IPv4 reaches it, the last four bytes are the IPv4 address.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What ``ipaddress`` takes for global and is not a place to find a document: tunnels, relays, examples.
NEVER = [ipaddress.ip_network(text) for text in ("192.88.99.0/24", "2002::/16", "3fff::/20")]
# Of a name with many numbers so many are tried.
NUMBERS_TRIED = 3


class Refused(Exception):
    """The address is not asked; the text says why."""


class NoAnswer(Exception):
    """It was asked, and nothing came that tells anything; the text says why."""


class NotLookedUp(NoAnswer):
    """What the name of the host stands for could not be learned."""


class NoSuchName(NotLookedUp):
    """The name of the host is not known to the domain name system."""


@dataclass(frozen=True)
class Place:
    """What an address says: how to ask, whom, for what. The host is in ASCII and lower case."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


@dataclass(frozen=True)
class Answer:
    """What came in the end, and after how many redirects from where."""

    status: int
    reason: str
    address: str
    redirects: int = 0


@dataclass
class Pace:
    """One request a host in a second: whoever runs a site must not notice us."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        now = self.clock()
        pause = self._free_at.get(host, now) - now
        if pause > 0:
            self.sleep(pause)
        self._free_at[host] = max(now, now + pause) + SECONDS_BETWEEN


def ask(address: str, *, agent: str, pace: Pace | None = None) -> Answer:
    """What an address answers, by HEAD, and by GET where that tells nothing; redirects are followed.

    ``agent`` says who asks. Raises Refused, NoAnswer, NotLookedUp or NoSuchName; any status is an answer.
    """
    pace = pace or Pace()
    place = place_of(address)
    for redirects in range(MOST_REDIRECTS + 1):
        status, reason, location = _asked(place, agent, pace)
        if status not in REDIRECTING or not location:
            return Answer(status, reason, place.address, redirects)
        place = place_of(urljoin(place.address, location))
    raise NoAnswer(_("It redirects more than %(count)s times.") % {"count": MOST_REDIRECTS})


def post(address: str, body: bytes, *, agent: str, headers: dict[str, str]) -> Answer:
    """What an address answers to a body that is sent to it, once; no redirect is followed.

    Raises Refused, NoAnswer, NotLookedUp or NoSuchName; any status is an answer. Where none came in time, the body may
    have arrived all the same.
    """
    place = place_of(address)
    numbers = numbers_of(place)
    try:
        status, reason, _location = _within(SECONDS, lambda: _request("POST", place, numbers, agent, body, headers))
    except (http.client.HTTPException, OSError) as error:
        raise NoAnswer(_in_words(error)) from None
    return Answer(status, reason, place.address)


# --- What an address says


def place_of(address: str) -> Place:
    """Raises Refused for what is not an address of the web, is written in a hidden way, or carries a password."""
    parts = _split(address)
    if parts.scheme not in PORTS:
        raise Refused(_("Only http and https are asked, not “%(scheme)s”.") % {"scheme": parts.scheme[:20]})
    if parts.username is not None or parts.password is not None:
        raise Refused(_("It holds the name of a user, which belongs into no address."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?[]')}" if parts.query else ""
    return Place(parts.scheme, host_of(parts.hostname or ""), parts.port or PORTS[parts.scheme], path + query)


def _split(address: str) -> SplitResult:
    if re.search(r"[\x00-\x20\x7f\\]", address):
        raise Refused(_("It holds a blank, a control character or a backslash."))
    try:
        parts = urlsplit(address)
        _port = parts.port  # Only read, so that one that is no number is refused here.
    except ValueError:
        raise Refused(_("It is not a whole address.")) from None
    return parts


def host_of(name: str) -> str:
    """The host as it is asked for. Raises Refused for a number in any form but the usual, such as one hexadecimal."""
    try:
        if ":" in name:
            return str(ipaddress.IPv6Address(name))
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
        # What the browsers' standard reads as a number: the last label is one (WHATWG URL, ends in a number).
        if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]):
            return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise Refused(_("“%(host)s” is not the name of a host.") % {"host": name[:80]}) from None
    if not re.fullmatch(r"[a-z0-9_.-]+", host):
        raise Refused(_("“%(host)s” is not the name of a host.") % {"host": name[:80]})
    return host


# --- Whether it may be asked


def is_public(ip: IPAddress) -> bool:
    """Whether a number belongs to the open internet: not private, loopback, link-local, multicast or reserved."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(ip.ipv4_mapped)
        if ip in NAT64:
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip not in GLOBAL_V6:
            return False
    is_special = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not is_special and not any(ip in network for network in NEVER)


def why_not(ip: IPAddress, port: int) -> str:
    """Why no connection is made to a number and port, in a sentence; empty where it may be made."""
    if port not in PORTS.values():
        return _("Port %(port)s is not one of the web's own.") % {"port": port}
    if not is_public(ip):
        return _("%(ip)s is not an address of the open internet.") % {"ip": ip}
    return ""


def look_up(host: str, port: int) -> list[str]:
    """The numbers that a name stands for, as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def numbers_of(place: Place) -> list[IPAddress]:
    """The numbers to connect to. Raises Refused if any of them may not be asked: no name has a foot in both worlds."""
    try:
        texts = _within(SECONDS, lambda: look_up(place.host, place.port))
        numbers = [ipaddress.ip_address(text) for text in texts]
    except socket.gaierror as error:
        if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}:
            raise NoSuchName(_("There is no host of the name “%(host)s”.") % {"host": place.host}) from None
        raise NotLookedUp(_("The name “%(host)s” could not be looked up.") % {"host": place.host}) from None
    except (ValueError, OSError):
        raise NotLookedUp(_("The name “%(host)s” could not be looked up.") % {"host": place.host}) from None
    for ip in numbers:
        if reason := why_not(ip, place.port):
            raise Refused(reason)
    return numbers[:NUMBERS_TRIED]


# --- The request


class _Connection(http.client.HTTPConnection):
    """To a number that was checked, by the name under which it was found."""

    def __init__(self, place: Place, ip: IPAddress) -> None:
        super().__init__(place.host, place.port, timeout=SECONDS)
        self.default_port = PORTS[place.scheme]
        self.is_secret = place.scheme == "https"
        self.ip = ip

    def connect(self) -> None:
        self.sock = socket.create_connection((str(self.ip), self.port), self.timeout)
        if self.is_secret:
            self.sock = tls().wrap_socket(self.sock, server_hostname=self.host)


@cache
def tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _asked(place: Place, agent: str, pace: Pace) -> tuple[int, str, str]:
    """Status, reason and where it redirects to."""
    numbers = numbers_of(place)
    pace.wait(place.host)
    try:
        answer = _within(SECONDS, lambda: _request("HEAD", place, numbers, agent))
        is_told = answer[0] < 400 or answer[0] == TOO_MANY_REQUESTS
    except (http.client.HTTPException, ConnectionResetError, ConnectionAbortedError, BrokenPipeError):
        is_told = False
    except OSError as error:
        raise NoAnswer(_in_words(error)) from None
    if is_told:
        return answer
    # Many servers refuse HEAD, or answer it with an error, for what they give to GET.
    pace.wait(place.host)
    try:
        return _within(SECONDS, lambda: _request("GET", place, numbers, agent))
    except (http.client.HTTPException, OSError) as error:
        raise NoAnswer(_in_words(error)) from None


def _request(
    method: str,
    place: Place,
    numbers: list[IPAddress],
    agent: str,
    body: bytes | None = None,
    more_headers: dict[str, str] | None = None,
) -> tuple[int, str, str]:
    for ip in numbers:
        connection = _Connection(place, ip)
        try:
            connection.connect()
        except OSError:
            connection.close()
            if ip == numbers[-1]:
                raise
            continue
        try:
            headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
            connection.request(method, place.path, body=body, headers=headers | (more_headers or {}))
            answer = connection.getresponse()
            answer.read(BYTES_READ)
            return answer.status, answer.reason, _header_text(answer.getheader("Location", ""))
        finally:
            connection.close()
    raise ConnectionError


def _header_text(text: str) -> str:
    """What was sent as UTF-8 reads so; headers are taken for Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _within(seconds: float, call: Callable):
    """What the call gives. Raises TimeoutError if it takes longer, however slowly bytes come in, and leaves it."""
    future: Future = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except Exception as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future.result(seconds)


def _in_words(error: Exception) -> str:
    match error:
        case TimeoutError():
            return _("It did not answer within %(seconds)s seconds.") % {"seconds": SECONDS}
        case ssl.SSLCertVerificationError():
            return _("Its certificate is not valid: %(reason)s.") % {"reason": error.verify_message}
        case ssl.SSLError():
            return _("No secure connection could be made.")
        case ConnectionRefusedError():
            return _("It refuses connections.")
        case http.client.HTTPException() | ConnectionError():
            return _("It closed the connection without an answer that could be read.")
    return _("It could not be reached.")
