"""`/stan/`: what works now, for the scripts of pages on which somebody fills in a form."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .switches import OFF_WORDS, State


@never_cache
@require_safe
def show_state(request: HttpRequest) -> JsonResponse:
    """``now``; ``only_reads``; ``break``: its ``starts_at`` and ``ends_at``, null if none is
    announced; ``off``: a sentence by function. Times are ISO 8601 in UTC.
    """
    state: State = request.portal_state  # type: ignore[attr-defined]
    planned = state.break_announced
    times = {"starts_at": planned.starts_at, "ends_at": planned.ends_at} if planned else None
    off = {
        function: f"{OFF_WORDS[function]}. {change.sentence_for_reader}"
        for function, change in state.off.items()
        if function in OFF_WORDS
    }
    return JsonResponse(
        {"now": state.now, "only_reads": state.only_reads, "break": times, "off": off}
    )
