"""The annex to the rules, as published: who deals with what, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .publishing import annex_state
from .reading import annex_in_force


@require_safe
def annex(request: HttpRequest) -> HttpResponse:
    context = {"annex": annex_in_force(), "state": annex_state(), "generated_at": timezone.now()}
    return render(request, "catalogue/annex.html", context)
