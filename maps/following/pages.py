"""The pages of following: begin, confirm, see what one follows, end it. None needs scripts."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import resident_of
from maps.pages.view import read_view
from regulations.models import Kind, Version
from web.errors import NotFound, PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

from .forms import WatchForm
from .links import is_key_of_mailbox, key_of_mailbox
from .models import Watch
from .watching import MOST, begin_watch, confirm_watches, deny_watches, end_watch, extend_watch

_NUMBER = re.compile("[0-9]{1,18}")
_METHODS = ["GET", "HEAD", "POST"]


def _show_again(request: HttpRequest) -> HttpResponse:
    messages.warning(request, SEND_AGAIN)
    form = WatchForm(request.POST, needs_email=resident_of(request) is None)
    return _render_form(request, form, status=EXPIRED)


@shown_again_by(_show_again)
@never_cache
@require_http_methods(_METHODS)
def follow(request: HttpRequest) -> HttpResponse:
    """``osiedle``, ``miejsce`` and the middle of ``bbox`` of the address fill the form in."""
    resident = resident_of(request)
    if request.method != "POST":
        view = read_view(request.GET)
        place = request.GET.get("miejsce", "")[:200] or view.middle_text
        given = {"district": view.selection.district, "place": place}
        return _render_form(request, WatchForm(initial=given, needs_email=resident is None))
    form = WatchForm(request.POST, needs_email=resident is None)
    if not form.is_valid():
        return _render_form(request, form, status=400)
    email = resident.email if resident else form.cleaned_data["email"]
    try:
        has_begun = begin_watch(
            form.where,
            email=email,
            # The button says what a press means to whoever is logged in.
            consent=form.cleaned_data["consent"] or resident is not None,
            place=form.place_words,
            resident=resident,
            clause=request.POST.get("clause", ""),
        )
    except PortalError as refusal:
        if not refusal.fields:
            raise
        for name, texts in refusal.fields.items():
            form.add_error(name if name in form.fields else None, texts)
        return _render_form(request, form, status=refusal.status)
    words = _("Zapisane. Raz dziennie napiszemy na %(email)s, jeśli coś się zmieni.")
    if not has_begun:
        words = _("Prawie gotowe. Na %(email)s przyjdzie wiadomość: potwierdź w niej swój adres.")
    messages.success(request, words % {"email": email})
    return HttpResponseRedirect(request.path, status=303)


@never_cache
@require_http_methods(_METHODS)
def watches(request: HttpRequest, mailbox: str, key: str) -> HttpResponse:
    """GET shows and POST acts, so a scanner that opens links changes nothing."""
    if not is_key_of_mailbox(mailbox, key):
        raise NotFound
    theirs = Watch.objects.filter(mailbox=mailbox).order_by("pk")
    if request.method == "POST":
        _act(request, mailbox, theirs)
        return HttpResponseRedirect(request.path, status=303)
    context = {
        "waiting": [one for one in theirs if one.is_waiting],
        "running": [one for one in theirs if not one.is_waiting],
        "most": MOST,
        "mailbox": mailbox,
        "key": key_of_mailbox(mailbox),
        "clause": Version.objects.in_force(Kind.CLAUSE),
    }
    return render(request, "maps/watches.html", context)


def _act(request: HttpRequest, mailbox: str, theirs) -> None:
    act, number = request.POST.get("act"), request.POST.get("watch", "")
    if act == "confirm":
        confirm_watches(mailbox, clause=request.POST.get("clause", ""))
    elif act == "deny":
        deny_watches(mailbox)
    elif watch := theirs.filter(pk=int(number) if _NUMBER.fullmatch(number) else 0).first():
        if act == "extend":
            extend_watch(watch)
        elif act == "end":
            end_watch(watch, how="letter")


# The secret in the address is what lets somebody in, and mail programs have no token (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def unwatch(request: HttpRequest, secret: str) -> HttpResponse:
    """GET asks and POST ends. A wrong secret and what has ended get the same answer."""
    watch = Watch.objects.filter(secret=secret).first()
    if watch is not None and request.method == "POST":
        end_watch(watch, how="letter")
        watch = None
    return render(request, "maps/unwatch.html", {"watch": watch})


def _render_form(request: HttpRequest, form: WatchForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "resident": resident_of(request),
        "clause": Version.objects.in_force(Kind.CLAUSE),
    }
    return render(request, "maps/follow.html", context, status=status)
