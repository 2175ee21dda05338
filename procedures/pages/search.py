"""The first page of the knowledge base, and what a search finds."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from procedures.models import LifeSituation, Procedure, ProcedureVersion, Topic
from procedures.numbers import read_number
from procedures.search.highlighting import excerpt, highlight, marked_forms
from procedures.search.missed import note_missed
from procedures.search.searching import Filters, Found, listed, search_cards
from procedures.texts import plain_text
from units.models import Unit

_LONGEST = 200
_A_PAGE = 20
_SUGGESTIONS = 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search box with all ways to a card; or, with words or filters, the cards that fit."""
    text = request.GET.get("q", "").strip()[:_LONGEST]
    filters = _filters_of(request)
    if not text and not filters:
        return render(request, "procedures/home.html", _arrangement())
    number = read_number(text)
    if number and Procedure.objects.known().filter(number=number).exists():
        return redirect("procedures:card", number)
    found = search_cards(text, filters) if text else Found(listed(filters), [])
    pages = Paginator(found.versions, _A_PAGE)
    if text and not pages.count and not filters:
        note_missed(text)
    page = pages.get_page(request.GET.get("strona"))
    forms = marked_forms(found.lemmas)
    context = {
        "text": text,
        "filters": filters,
        "page": page,
        "total": pages.count,
        "rows": [_row(version, forms) for version in page.object_list],
        "meant": found.meant,
        **_choices(filters),
    }
    return render(request, "procedures/results.html", context)


def _filters_of(request: HttpRequest) -> Filters:
    unit, topic, situation = (
        request.GET.get(name, "")[:40] for name in ("jednostka", "temat", "sytuacja")
    )
    return Filters(unit=unit, topic=topic, situation=situation)


def _row(version: ProcedureVersion, forms: frozenset[str]) -> dict[str, object]:
    return {
        "version": version,
        "url": reverse("procedures:card", args=[version.procedure.number]),
        "title": highlight(version.title, forms),
        "excerpt": highlight(excerpt(plain_text(version.summary), forms), forms),
    }


def _choices(filters: Filters) -> dict[str, object]:
    """What the filters offer: only what has a card."""
    current = ProcedureVersion.objects.current()
    situations = LifeSituation.objects.filter(is_active=True)
    return {
        "topics": _topic_tree(),
        "units": Unit.objects.filter(pk__in=current.values("unit")),
        "situation": situations.filter(code=filters.situation).first(),
        "chosen_topic": Topic.objects.filter(code=filters.topic, is_active=True).first(),
        "chosen_unit": Unit.objects.filter(code=filters.unit).first(),
    }


def _arrangement() -> dict[str, object]:
    current = ProcedureVersion.objects.current()
    procedures = current.values("procedure")
    situations = LifeSituation.objects.filter(is_active=True, procedures__in=procedures)
    return {
        "situations": situations.annotate(number=Count("procedures")).distinct(),
        "topics": _topic_tree(),
        "units": _units_with_numbers(current),
        "total": current.count(),
    }


def _units_with_numbers(current) -> list[tuple[Unit, int]]:
    numbers = dict(current.values_list("unit").annotate(number=Count("pk")).order_by())
    return [(unit, numbers[unit.pk]) for unit in Unit.objects.filter(pk__in=numbers)]


def _topic_tree() -> list[tuple[Topic, list[Topic]]]:
    """Topics of the highest level with those below them, as far as they have cards."""
    procedures = ProcedureVersion.objects.current().values("procedure")
    links = Procedure.topics.through.objects.filter(procedure__in=procedures)
    used = set(links.values_list("topic", flat=True))
    topics = list(Topic.objects.filter(is_active=True))
    parents = {topic.pk: topic.parent_id for topic in topics}
    for pk in list(used):
        above = parents.get(pk)
        while above is not None:
            used.add(above)
            above = parents.get(above)
    below: dict[int | None, list[Topic]] = {}
    for topic in topics:
        if topic.pk in used:
            below.setdefault(topic.parent_id, []).append(topic)
    return [(topic, _all_below(topic, below)) for topic in below.get(None, [])]


def _all_below(topic: Topic, below: dict[int | None, list[Topic]]) -> list[Topic]:
    return [one for child in below.get(topic.pk, []) for one in [child, *_all_below(child, below)]]


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles of cards for what is typed so far, as JSON: ``[{"title", "number", "url"}]``."""
    text = request.GET.get("q", "").strip()[:_LONGEST]
    versions = search_cards(text, is_being_typed=True, limit=_SUGGESTIONS).versions if text else []
    rows = [
        {
            "title": version.title,
            "number": version.procedure.number,
            "url": reverse("procedures:card", args=[version.procedure.number]),
        }
        for version in versions
    ]
    return JsonResponse(rows, safe=False)
