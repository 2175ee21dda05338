"""What staff typed while their session ended is kept on a page until they have logged in again."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from web.expired import EXPIRED

_View = Callable[..., HttpResponse]
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105


def keeps_typed(view: _View) -> _View:
    """Decorate a view of staff that takes a form. Somebody who is not logged in gets a page with
    what they sent, and nothing else: they log in beside it and send it from there.
    """

    @never_cache
    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        typed = [(name, text) for name, text in request.POST.items() if name != _TOKEN]
        if request.user.is_authenticated or not typed:
            return view(request, *args, **kwargs)
        context = {
            "typed": typed,
            # The longest text is what took the time; it is also shown.
            "longest": max((text for _name, text in typed), key=len),
            "has_files": bool(request.FILES),
        }
        return render(request, "panel/logged_out.html", context, status=EXPIRED)

    return kept
