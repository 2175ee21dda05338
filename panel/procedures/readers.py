"""What readers say of the cards, and what they search for and do not find."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, staff_required
from procedures.models import Feedback, MissedQuery, Procedure

_PAGE = 50
# Of how many cards the page says how many readers they did not help.
_LEAST_HELPFUL = 10


@require_safe
@staff_required(editor=True)
def opinions(request: PersonRequest) -> HttpResponse:
    """The sentences, the newest first; above them the cards that helped the fewest readers."""
    no = Count("feedback", filter=Q(feedback__is_helpful=False))
    least = Procedure.objects.annotate(no=no, yes=Count("feedback") - no).filter(no__gt=0)
    said = Feedback.objects.exclude(sentence="").select_related("procedure", "version")
    context = {
        "least": least.order_by("-no", "number")[:_LEAST_HELPFUL],
        "page": Paginator(said, _PAGE).get_page(request.GET.get("strona")),
    }
    return render(request, "panel/procedures/opinions.html", context)


@require_safe
@staff_required(editor=True)
def missed(request: PersonRequest) -> HttpResponse:
    """Words that were searched on several days, the most often searched first."""
    rows = MissedQuery.objects.exclude(text="").order_by("-days", "-last_on", "text")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("strona"))
    return render(request, "panel/procedures/missed.html", {"page": page})
