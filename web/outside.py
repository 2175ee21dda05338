"""Asking an address of the outside world whether it answers, without being led to our own machines.

The name is resolved once, every address that it stands for must be public, and the connection goes
to one of these and to no other: a name that answers differently a moment later leads nowhere. Each
redirect is treated like a new address. Only HTTP and HTTPS on their own ports, no names and
passwords, a few redirects, a few seconds, and nothing of a body is read.
"""

import http.client
import ipaddress
import re
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
# Seconds: of one connection and reading, and of one request in all, however slowly it drips.
_PATIENCE = 5.0
_MOST_SECONDS = 8.0
# Servers that do not know HEAD, or refuse it, are asked with GET.
_UNSURE = {400, 403, 404, 405, 406, 410, 500, 501, 502, 503}
_USER_AGENT = "LCKzM-link-check/1.0 (+{site})"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 2000
# A name, or an address of either kind.
_HOST = re.compile("[0-9a-z._-]+|[0-9a-f:.]+", re.IGNORECASE)

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Answer:
    """``status``: of HTTP, None where there was none; ``fault``: "" or "bad_address", "private",
    "unreachable", "tls", "redirects".
    """

    status: int | None = None
    fault: str = ""


class _Refused(Exception):
    def __init__(self, fault: str) -> None:
        self.fault = fault


def ask_address(url: str) -> Answer:
    """How ``url`` answers. Raises nothing."""
    try:
        head = _follow("HEAD", url)
        return _follow("GET", url) if head.status in _UNSURE else head
    except _Refused as refusal:
        return Answer(fault=refusal.fault)
    except ssl.SSLError:
        return Answer(fault="tls")
    except (OSError, http.client.HTTPException):
        return Answer(fault="unreachable")
    except ValueError:
        return Answer(fault="bad_address")


def _follow(method: str, url: str) -> Answer:
    for _turn in range(_MOST_REDIRECTS + 1):
        status, location = _ask(method, url)
        if status not in _REDIRECTS or not location:
            return Answer(status)
        url = urljoin(url, location)
    raise _Refused("redirects")


def _ask(method: str, url: str) -> tuple[int, str]:
    """Status and ``Location`` of one request."""
    parts = _checked(url)
    host, port = _host_of(parts), parts.port or _PORTS[parts.scheme]
    address = _public_address(host, port)
    link = socket.create_connection((address, port), timeout=_PATIENCE)
    # A server that sends a byte every four seconds is never late by the time of one reading.
    end = Timer(_MOST_SECONDS, _hang_up, [link])
    end.start()
    try:
        if parts.scheme == "https":
            link = ssl.create_default_context().wrap_socket(link, server_hostname=host)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = link
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        connection.putrequest(
            method, f"{path}?{query}" if query else path, skip_accept_encoding=True
        )
        connection.putheader("User-Agent", _USER_AGENT.format(site=settings.SITE_URL))
        connection.putheader("Accept", "*/*")
        connection.endheaders()
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    finally:
        end.cancel()
        link.close()


def _hang_up(link: socket.socket) -> None:
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or len(url) > _LONGEST:
        raise _Refused("bad_address")
    if parts.username is not None or parts.password is not None:
        raise _Refused("bad_address")
    return parts


def _host_of(parts: SplitResult) -> str:
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError as wrong:
        raise _Refused("bad_address") from wrong
    if not _HOST.fullmatch(host):
        raise _Refused("bad_address")
    return host


def _public_address(host: str, port: int) -> str:
    """One address of ``host``, all of whose addresses are public. Tests may allow one of their own
    by ``OUTSIDE_ALSO``, which no environment sets.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]).partition("%")[0] for row in found]
    allowed = settings.OUTSIDE_ALSO
    if all((address, port) in allowed for address in addresses):
        return addresses[0]
    if port not in _PORTS.values():
        raise _Refused("bad_address")
    if not addresses or not all(_is_public(ipaddress.ip_address(one)) for one in addresses):
        raise _Refused("private")
    return addresses[0]


def _is_public(address: _IP) -> bool:
    """Whether the address, and the one that it may hide, is of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if hidden is not None:
            return _is_public(hidden)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast
