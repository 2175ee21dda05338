"""The annex to the rules, as published: who deals with what, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .publishing import annex_state
from .reading import read_annex


def annex(request: HttpRequest) -> HttpResponse:
    context = {"annex": read_annex(), "state": annex_state(), "generated_at": timezone.now()}
    return render(request, "catalogue/annex.html", context)
