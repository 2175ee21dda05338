"""How often one client may open an address of the portal, and how much it may send: the limits,
counted in Redis.

A client is its network address, which is kept only as a keyed hash and only for as long as the
limit's window. Without Redis nothing is limited, because a resident's report matters more.
"""

import hashlib
import hmac
import ipaddress
import re
import time
from functools import cache

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from owed.breaker import Breaker

from .errors import PortalError, error_response

# A port can follow 1.2.3.4 or [2001:db8::1]. An IPv6 address without brackets has none.
_WITH_PORT = re.compile(r"\[([^\]]++)\]:\d++|([\d.]++):\d++")

# Methods that change nothing, and cost what GET costs.
READING = frozenset({"GET", "HEAD", "OPTIONS"})

breaker = Breaker(seconds=5)
_log = structlog.get_logger(__name__)


class TooMany(PortalError):
    """``retry_after``: seconds until the window ends."""

    code = "too_many"
    status = 429
    detail = _("Za dużo prób w krótkim czasie. Odczekaj chwilę i spróbuj jeszcze raz.")

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class TooMuchAtOnce(TooMany):
    """Too many bytes of photos, not too many requests."""

    code = "too_much"
    detail = _(
        "Z Twojej sieci przyszło w ostatniej godzinie za dużo zdjęć. Wyślij zgłoszenie bez nich"
        " albo spróbuj później."
    )


class LimitMiddleware:
    """Applies ``settings.RATE_LIMITS``, which are listed by the names of addresses, whatever the
    method of the request.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        return limit(request)


def limit(request: HttpRequest) -> HttpResponse | None:
    """Count ``request``, whose address is resolved; its refusal if that is one too many."""
    if not settings.RATE_LIMITS_ENABLED or request.resolver_match is None:
        return None
    counter, text = limit_of(request.resolver_match.view_name, request.method)
    wait = seconds_to_wait(text, counter, client_of(request))
    return error_response(request, TooMany(wait)) if wait else None


def limit_of(name: str, method: str | None) -> tuple[str, str]:
    """The name of the counter, and the limits, for a request to the address ``name``."""
    limits = settings.RATE_LIMITS.get(name, settings.DEFAULT_RATE_LIMIT)
    if isinstance(limits, str):
        return name, limits
    reading, writing = limits
    return (f"{name} read", reading) if method in READING else (name, writing)


def check_bytes(request: HttpRequest, number: int) -> None:
    """Count ``number`` bytes that the client begins to send. Raises ``TooMuchAtOnce`` if they are
    too many for ``UPLOAD_BYTES_PER_HOUR``; then they do not count.
    """
    if not settings.RATE_LIMITS_ENABLED:
        return
    text = f"{settings.UPLOAD_BYTES_PER_HOUR}/hour"
    if wait := seconds_to_wait(text, "bytes of photos", client_of(request), cost=number):
        raise TooMuchAtOnce(wait)


def seconds_to_wait(text: str, name: str, client: str, *, cost: int = 1) -> int:
    """Counts ``cost`` more, one request as a rule; 0 if the limits ``text`` ("20/second") allow it,
    else how many seconds from now they will.
    """
    if breaker.is_tripped:
        return 0
    try:
        return max(
            (_seconds_until_allowed(item, name, client, cost) for item in parsed_limits(text)),
            default=0,
        )
    except (RedisError, StorageError) as fault:
        breaker.trip()
        _log.warning("limits_off", fault=type(fault).__name__)
        return 0


def _seconds_until_allowed(item: RateLimitItem, name: str, client: str, cost: int) -> int:
    # What costs more than one is asked for first: a photo that is too large leaves room for others.
    if (cost == 1 or limiter().test(item, name, client, cost=cost)) and limiter().hit(
        item, name, client, cost=cost
    ):
        return 0
    ends = limiter().get_window_stats(item, name, client).reset_time
    return max(1, round(ends - time.time()))


@cache
def parsed_limits(text: str) -> list[RateLimitItem]:
    return parse_many(text)


@cache
def limiter() -> FixedWindowRateLimiter:
    url = settings.REDIS_URL
    storage = RedisStorage(
        url,
        socket_connect_timeout=0.2,
        socket_timeout=0.2,
        retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
    )
    return FixedWindowRateLimiter(storage)


def client_of(request: HttpRequest) -> str:
    """A keyed hash of the client's network (see ``network_of``), 32 hexadecimal characters.

    Behind ``TRUSTED_PROXIES`` proxies the address comes from the header that they write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        chain = request.headers.get("X-Forwarded-For", "").split(",")
        address = chain[-min(settings.TRUSTED_PROXIES, len(chain))].strip() or address
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, network_of(address).encode(), hashlib.sha256).hexdigest()[:32]


def network_of(address: str) -> str:
    """An IPv4 address as it is (also one written as IPv6), an IPv6 address as its /64 network.

    A port that a proxy adds is dropped. What is no address is returned as it is, cut to 64
    characters.
    """
    match = _WITH_PORT.fullmatch(address)
    host = (match[1] or match[2]) if match else address.strip("[]")
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return address[:64]
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
