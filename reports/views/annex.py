"""The annex to the rules, as published: who deals with what, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.annex import read_annex
from reports.annex_publishing import annex_state


def annex(request: HttpRequest) -> HttpResponse:
    context = {"annex": read_annex(), "state": annex_state(), "generated_at": timezone.now()}
    return render(request, "reports/annex.html", context)
