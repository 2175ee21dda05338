"""The pages on which the owner of a mailbox says whether the addresses typed for it are theirs.
Only letters to that mailbox link to them.
"""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from regulations.models import Kind, Version
from reports.letters.mailboxes import confirm_mailbox, deny_mailbox
from reports.mailbox_link import is_mailbox_key, mailbox_key
from reports.models import Contact
from web.errors import NotFound


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, mailbox: str, key: str) -> HttpResponse:
    act = partial(confirm_mailbox, clause=request.POST.get("clause", ""))
    return _ask(request, mailbox, key, act=act, template="confirm_mailbox")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deny(request: HttpRequest, mailbox: str, key: str) -> HttpResponse:
    return _ask(request, mailbox, key, act=deny_mailbox, template="deny_mailbox")


def _ask(
    request: HttpRequest, mailbox: str, key: str, *, act: Callable[[str], int], template: str
) -> HttpResponse:
    """GET asks and POST acts, so a scanner that opens links changes nothing."""
    if not is_mailbox_key(mailbox, key):
        raise NotFound
    done = request.method == "POST"
    if done:
        act(mailbox)
    contacts = Contact.objects.filter(mailbox=mailbox).select_related("report__category")
    if template == "confirm_mailbox":
        contacts = contacts.filter(state=Contact.State.WAITING)
    context = {
        "contacts": contacts.order_by("pk"),
        "done": done,
        "mailbox": mailbox,
        "key": mailbox_key(mailbox),
        "clause": Version.objects.in_force(Kind.CLAUSE),
    }
    return render(request, f"reports/{template}.html", context)
