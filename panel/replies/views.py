"""The operator's list of replies by e-mail; a press says that one is dealt with."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from mailroom.closing import close_reply
from mailroom.models import Reply

_PAGE = 25


@require_safe
@staff_required(operator=True)
def replies(request: PersonRequest) -> HttpResponse:
    """What waits, or everything; the newest first."""
    everything = request.GET.get("zakres") == "wszystkie"
    rows = Reply.objects.all() if everything else Reply.objects.left()
    shown = rows.select_related("report__category").defer("raw")
    page = Paginator(shown, _PAGE).get_page(request.GET.get("strona"))
    context = {"page": page, "everything": everything}
    return render(request, "panel/replies/list.html", context)


@require_POST
@staff_required(operator=True)
def close(request: PersonRequest, pk: int) -> HttpResponse:
    close_reply(get_object_or_404(Reply, pk=pk), by=request.user)
    messages.success(request, _("Zapisano."))
    return redirect("panel:replies")
