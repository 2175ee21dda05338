"""Pages of the administrator: the search, and one person with what can be done to the account."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from accounts.identity import email_key, username_key
from accounts.models import AuditEntry, User
from web.errors import PortalError

from . import acts

_PAGE_SIZE = 30


@require_safe
@staff_required(administrator=True)
def search(request: PersonRequest) -> HttpResponse:
    """People whose name or address holds the words that are searched, or looks like them."""
    words = request.GET.get("q", "").strip()[:200].replace("\0", "")
    people = User.objects.order_by("username")
    if words:
        same = Q(username_key=username_key(words)) | Q(email_key=email_key(words))
        name = Q(username__icontains=words) | Q(last_name__icontains=words)
        people = people.filter(same | name | Q(email__icontains=words))
    page = Paginator(people, _PAGE_SIZE).get_page(request.GET.get("strona"))
    return render(request, "accounts/people/search.html", {"page": page, "words": words})


@require_safe
@staff_required(administrator=True)
def person(request: PersonRequest, pk: int) -> HttpResponse:
    return _person_page(request, get_object_or_404(User, pk=pk))


def _person_page(
    request: PersonRequest, user: User, refusal: PortalError | None = None
) -> HttpResponse:
    trail = AuditEntry.objects.filter(target_type=user._meta.label_lower, target_id=str(user.pk))
    context = {
        "person": user,
        "trail": trail.select_related("actor").order_by("-at")[:50],
        "has_second_factor": Authenticator.objects.filter(user=user).exists(),
        "is_own": user == request.user,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    status = refusal.status if refusal else 200
    return render(request, "accounts/people/person.html", context, status=status)


@require_POST
@staff_required(administrator=True)
def block(request: PersonRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        acts.block_account(user, by=request.user, reason=request.POST.get("reason", "")[:300])
    except PortalError as refusal:
        return _person_page(request, user, refusal)
    return _back_to_person(request, pk, _("Konto jest zablokowane."))


@require_POST
@staff_required(administrator=True)
def unblock(request: PersonRequest, pk: int) -> HttpResponse:
    acts.unblock_account(get_object_or_404(User, pk=pk), by=request.user)
    return _back_to_person(request, pk, _("Konto jest odblokowane."))


@require_POST
@staff_required(administrator=True)
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        acts.delete_account(user, by=request.user)
    except PortalError as refusal:
        return _person_page(request, user, refusal)
    messages.success(request, _("Konto jest usunięte."))
    return redirect("people:search")


@require_POST
@staff_required(administrator=True)
def restore_address(request: PersonRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        email = request.POST.get("email", "")[:254]
        acts.restore_address(user, email, by=request.user, request=request)
    except PortalError as refusal:
        return _person_page(request, get_object_or_404(User, pk=pk), refusal)
    return _back_to_person(
        request, pk, _("Adres jest przywrócony; wiadomość o nowym haśle jest w drodze.")
    )


@require_POST
@staff_required(administrator=True)
def reset_second_factor(request: PersonRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        acts.reset_second_factor(user, by=request.user)
    except PortalError as refusal:
        return _person_page(request, user, refusal)
    return _back_to_person(request, pk, _("Drugi składnik jest usunięty."))


def _back_to_person(request: PersonRequest, pk: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("people:person", pk)
