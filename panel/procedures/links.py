"""Addresses that cards lead to and that do not answer."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, staff_required
from procedures.models import OutsideLink

_PAGE = 50


@require_safe
@staff_required(editor=True)
def links(request: PersonRequest) -> HttpResponse:
    rows = OutsideLink.objects.dead().prefetch_related("procedures").order_by("url")
    checked = OutsideLink.objects.exclude(checked_at=None)
    context = {
        "page": Paginator(rows, _PAGE).get_page(request.GET.get("strona")),
        "checked": checked.count(),
        "last": checked.order_by("-checked_at").values_list("checked_at", flat=True).first(),
        "today": timezone.localdate(),
    }
    return render(request, "panel/procedures/links.html", context)
