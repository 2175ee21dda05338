"""Links of published cards that lead nowhere: collected, asked now and then, told once a week."""

import re
from collections import defaultdict
from datetime import date, timedelta
from html import unescape
from time import monotonic
from urllib.parse import urlsplit

import structlog
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from owed.pauses import pause_after
from procedures.contents import WITH_PARTS, read_contents
from procedures.models import OutsideLink, Procedure, ProcedureVersion, ProcedureWord
from procedures.text import text_of
from web.markdown import render_markdown
from web.outside import Answer, ask_address

from .locking import lock_procedure

_log = structlog.get_logger(__name__)
_LINK = re.compile(r'href="(https?://[^"]+)"')
_LONGEST = 2000
# Seconds that one run may take, so that letters and dispatch never wait for other people's servers.
_BUDGET = 20
_EVERY = timedelta(days=7)
_FIRST, _LONGEST_PAUSE = timedelta(hours=6), timedelta(days=7)
# Nobody but the browser of a person gets in, or not so often: the address is there.
_ALIVE = {401, 403, 405, 406, 407, 408, 429, 451}
_BUSY = {429, 503}


@transaction.atomic
def collect_links() -> int:
    """Make the rows of ``OutsideLink`` what published cards lead to; how many that are."""
    wanted: dict[str, set[int]] = defaultdict(set)
    versions = ProcedureVersion.objects.current().select_related("unit", "department")
    for version in versions.prefetch_related(*WITH_PARTS):
        for found in _LINK.findall(render_markdown(text_of(read_contents(version)))):
            url = unescape(found).partition("#")[0]
            if len(url) <= _LONGEST:
                wanted[url].add(version.procedure_id)
    OutsideLink.objects.exclude(url__in=wanted).delete()
    now = timezone.now()
    OutsideLink.objects.bulk_create(
        [OutsideLink(url=url, due_at=now) for url in wanted], ignore_conflicts=True
    )
    for link in OutsideLink.objects.prefetch_related("procedures"):
        if {one.pk for one in link.procedures.all()} != wanted[link.url]:
            link.procedures.set(wanted[link.url])
    return len(wanted)


def check_due_links() -> int:
    """Ask addresses that are due, one of a host, for some seconds; how many were asked."""
    begun, asked = monotonic(), 0
    hosts: set[str] = set()
    while monotonic() - begun < _BUDGET:
        link = _claim_one(hosts)
        if link is None:
            break
        hosts.add(_host(link.url))
        _record(link, ask_address(link.url))
        asked += 1
    return asked


def _claim_one(hosts: set[str]) -> OutsideLink | None:
    """The next due address of a host that was not asked in this run, leased to us."""
    now = timezone.now()
    due = OutsideLink.objects.unleased(now).filter(due_at__lte=now).order_by("due_at", "pk")
    for pk, url in due.values_list("pk", "url")[:500]:
        if _host(url) not in hosts:
            rows = due.filter(pk=pk).claim(now, most=1)
            if rows:
                return rows[0]
    return None


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _record(link: OutsideLink, answer: Answer) -> None:
    now = timezone.now()
    fault = answer.fault or _fault_of(answer.status)
    failures = link.failures + 1 if fault else 0
    pause = pause_after(failures, first=_FIRST, longest=_LONGEST_PAUSE) if fault else _EVERY
    OutsideLink.objects.still_leased([link]).update(
        checked_at=now,
        due_at=now + pause,
        status=answer.status,
        fault=fault,
        failures=failures,
        leased_until=None,
    )
    if answer.status in _BUSY or fault in ("unreachable", "tls"):
        _spare_host(_host(link.url), until=now + _FIRST)
    _log.info("link_checked", fault=fault or "none", failures=failures)


def _fault_of(status: int | None) -> str:
    if status is None or status < 400 or status in _ALIVE:
        return ""
    return "gone" if status in (404, 410) else "server" if status >= 500 else "refused"


def _spare_host(host: str, *, until) -> None:
    """Ask nothing more of a host that is busy or away, until then."""
    for scheme in ("http", "https"):
        own = OutsideLink.objects.filter(url__istartswith=f"{scheme}://{host}/")
        own.update(due_at=Greatest("due_at", until))


@transaction.atomic
def pause_links(procedure: Procedure, *, until: date | None, by: User) -> None:
    """Tell nobody of dead links of the card up to the day ``until``; None: tell."""
    locked = lock_procedure(procedure)
    if locked.links_paused_until == until:
        return
    locked.links_paused_until = until
    locked.save(update_fields=["links_paused_until"])
    details = {"until": until.isoformat()} if until else {}
    record(actor=by, action=ProcedureWord.LINKS_PAUSED, target=locked, **details)
