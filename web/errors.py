"""Domain errors, and the one place in which every error becomes HTML or JSON."""

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError, InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .context import city_and_state, city_of

_log = structlog.get_logger(__name__)
# Seconds. Where nobody knows when something will be back, a program asks again after these.
_UNKNOWN = 600
_SHORTEST, _LONGEST = 30, 6 * 3600


class PortalError(Exception):
    """A refusal that a person can understand.

    ``code``: stable word for programs; ``status``: HTTP status; ``detail``: a Polish sentence;
    ``field``: the field by which the sentence also stands, if one field is to blame;
    ``headers``: of the answer; ``extra``: further members of its JSON. ``fields`` (name →
    sentences) is given by the few errors that say something else of a field, or blame several; it
    goes before ``field``. ``template``: of its page. ``is_meant``: somebody decided it so, and a
    status of 500 and above is no fault.
    """

    code = "error"
    status = 400
    field = ""
    detail: str | Promise = gettext_lazy("Nie udało się wykonać tej czynności.")
    headers: Mapping[str, str] = {}
    template = "errors/error.html"
    is_meant = False

    def __init__(self, detail: str | None = None, **extra: object) -> None:
        if detail is not None:
            self.detail = detail
        if self.field and "fields" not in extra:
            extra = {"fields": {self.field: [str(self.detail)]}, **extra}
        self.extra = extra
        self.fields = cast("dict[str, list[str]]", extra.get("fields", {}))
        super().__init__(str(self.detail))

    def page_context(self, request: HttpRequest) -> dict[str, object]:
        """What the template shows of the request besides the error itself."""
        return {}


class Unavailable(PortalError):
    """A part of the portal does not answer now; ``retry_after`` in seconds."""

    code = "unavailable"
    status = 503
    detail = gettext_lazy("Portal chwilowo nie odpowiada. Spróbuj za minutę; nic nie przepadło.")
    retry_after = 30


class TemporarilyOff(Unavailable):
    """What somebody asks for does not work now, on purpose. Its page says what does instead.

    ``until``: when it is back, as far as anybody knows (UTC). ``note``: what the administrator
    wrote, with ``sentence_for_reader`` and ``sentence_language``. ``function``: what is off, "" in
    a break.
    """

    template = "errors/off.html"
    is_meant = True
    heading: str | Promise = ""
    function = ""
    note: Any = None
    until: datetime | None = None

    def __init__(self, detail: str, **extra: object) -> None:
        until = self.until.isoformat() if self.until else None
        super().__init__(detail, until=until, **extra)

    @property
    def retry_after(self) -> int:  # type: ignore[override]
        if self.until is None:
            return _UNKNOWN
        seconds = int((self.until - timezone.now()).total_seconds()) + 1
        return min(max(seconds, _SHORTEST), _LONGEST)

    def page_context(self, request: HttpRequest) -> dict[str, object]:
        """What a form brought, so that its sender may send it again from the page. A password is
        typed again.
        """
        if request.method != "POST":
            return {}
        fields = request.POST.lists()
        typed = [
            (name, value)
            for name, values in fields
            if name != "csrfmiddlewaretoken" and "password" not in name
            for value in values
        ]
        # What somebody formulated, and not what a page filled in for them.
        texts = [value for _name, value in typed if " " in value.strip()]
        return {"typed": typed, "texts": texts, "has_files": bool(request.FILES)}


class ReadOnly(TemporarilyOff):
    """Nothing is written now. ``on``: the break (``web.models.Break``), if one is announced; else
    the database itself refuses.
    """

    code = "read_only"
    heading = gettext_lazy("Trwa przerwa techniczna")

    def __init__(self, on: Any = None) -> None:
        self.note, self.until = on, on.ends_at if on else None
        words = _("Trwa przerwa techniczna: niczego teraz nie zapiszemy. Czytać można wszystko.")
        super().__init__(str(words))


class TooLarge(PortalError):
    code = "too_large"
    status = 413
    detail = gettext_lazy("To, co wysyłasz, jest za duże.")


class BadRequest(PortalError):
    code = "bad_request"
    detail = gettext_lazy("Nie rozumiemy tego żądania.")


class AddressTooLong(BadRequest):
    code = "address_too_long"
    status = 414
    detail = gettext_lazy("Adres tej strony jest za długi.")


class HeadTooLarge(BadRequest):
    code = "head_too_large"
    status = 431
    detail = gettext_lazy(
        "Przeglądarka przysłała za dużo nagłówków albo plików cookie. Usuń pliki cookie tej strony"
        " i spróbuj jeszcze raz."
    )


class _Forbidden(PortalError):
    code = "forbidden"
    status = 403
    detail = gettext_lazy("Nie masz dostępu do tej strony.")


class NotFound(PortalError):
    code = "not_found"
    status = 404
    detail = gettext_lazy("Nie ma takiej strony ani takiego zgłoszenia.")


class _WrongMethod(PortalError):
    code = "method_not_allowed"
    status = 405
    detail = gettext_lazy(
        "Tak nie można tu wejść. Wróć na poprzednią stronę i spróbuj jeszcze raz."
    )


class FormExpired(PortalError):
    code = "form_expired"
    status = 403
    detail = gettext_lazy(
        "Formularz wygasł albo przeglądarka nie przyjmuje plików cookie. "
        "Wróć do poprzedniej strony, odśwież ją i wyślij jeszcze raz."
    )


class _ServerFault(PortalError):
    code = "server_error"
    status = 500
    detail = gettext_lazy("Coś się u nas zepsuło. Już o tym wiemy; spróbuj jeszcze raz później.")


_DATABASE_AWAY = (OperationalError, InterfaceError)
# What PostgreSQL calls a write that it refuses because it only reads.
_ONLY_READS = "25006"
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Only input can cause these: text that the database cannot store (NUL, half of a surrogate pair),
# or a body that ended too early.
_UNUSABLE = (DataError, UnicodeEncodeError, UnreadablePostError)


class ErrorMiddleware:
    """Translates what a page raises, and the empty 405 answers of Django's own decorators."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b"bare"):
            return error_response(request, _WrongMethod(), {"Allow": response["Allow"]})
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        known = _as_portal_error(fault)
        return error_response(request, known) if known else None


def _as_portal_error(fault: BaseException | None) -> PortalError | None:
    """The domain error that ``fault`` is or means; None if it is a fault in our code."""
    if isinstance(fault, PortalError):
        return fault
    if isinstance(fault, InternalError) and is_refused_write(fault):
        return ReadOnly()
    if isinstance(fault, _DATABASE_AWAY):
        _log.warning("database_away", fault=type(fault).__name__)
        return Unavailable()
    if isinstance(fault, _TOO_LARGE):
        return TooLarge()
    if isinstance(fault, _UNUSABLE):
        _log.warning("unusable_input", fault=type(fault).__name__)
        return BadRequest()
    return None


def is_refused_write(fault: InternalError) -> bool:
    """Whether the database refused to write because it only reads."""
    return getattr(fault.__cause__, "sqlstate", "") == _ONLY_READS


def error_response(
    request: HttpRequest, error: PortalError, headers: dict[str, str] | None = None
) -> HttpResponse:
    """The HTTP response for ``error``: JSON for programs, a page for people.

    With ``Retry-After`` where waiting helps, and further ``headers``.
    """
    if _wants_json(request):
        response: HttpResponse = JsonResponse(
            _as_json(error), status=error.status, json_dumps_params={"ensure_ascii": False}
        )
    else:
        response = HttpResponse(_page(request, error), status=error.status)
    for name, value in {**error.headers, **_retry_after(error), **(headers or {})}.items():
        response[name] = value
    # Django logs every status of 500 and above as a fault, but for what it believes is logged.
    response._has_been_logged = error.is_meant  # type: ignore[attr-defined]
    return response


def _page(request: HttpRequest, error: PortalError) -> str:
    """The page of an error. After a fault, or for a request that we could not read, it is made
    without user and session, because reading these could fail again.
    """
    is_fault = error.status >= 500 and not error.is_meant
    if is_fault or isinstance(error, BadRequest):
        return render_to_string(error.template, {"error": error, **city_and_state(request)})
    context = {"error": error, **error.page_context(request)}
    return render_to_string(error.template, context, request)


def _retry_after(error: PortalError) -> dict[str, str]:
    seconds = getattr(error, "retry_after", None)
    return {"Retry-After": str(seconds)} if seconds else {}


def _as_json(error: PortalError) -> dict[str, object]:
    return {"code": error.code, "detail": str(error.detail), **error.extra}


# Only scripts and programs open these.
_OF_PROGRAMS = ("/api/", "/ogc/", "/open311/", "/tiles/", "/mapa/dane/")


def _wants_json(request: HttpRequest) -> bool:
    if request.path.startswith(_OF_PROGRAMS):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def api_exception_handler(fault: Exception, context: dict):
    """DRF's hook: the same shape ``{code, detail, fields?, …}`` for every refusal."""
    from rest_framework.exceptions import APIException, ValidationError
    from rest_framework.response import Response
    from rest_framework.views import exception_handler

    if known := _as_portal_error(fault):
        return Response(_as_json(known), status=known.status, headers=_retry_after(known))
    response = exception_handler(fault, context)
    if response is None:
        return None
    if isinstance(fault, ValidationError):
        response.data = _invalid(response.data)
    elif isinstance(fault, APIException):
        response.data = {"code": fault.default_code, "detail": str(fault.detail)}
    elif isinstance(fault, Http404):
        response.data = _as_json(NotFound())
    elif isinstance(fault, PermissionDenied):
        response.data = _as_json(_Forbidden())
    return response


def _invalid(data: object) -> dict[str, object]:
    """DRF's messages about wrong fields, in our shape. Nested messages are listed under their
    outermost field.
    """
    fields = data if isinstance(data, dict) else {"non_field_errors": data}
    return {
        "code": "invalid",
        "detail": _("Popraw zaznaczone pola."),
        "fields": {str(name): _flat(messages) for name, messages in fields.items()},
    }


def _flat(messages: object) -> list[str]:
    if isinstance(messages, dict):
        return [text for nested in messages.values() for text in _flat(nested)]
    if isinstance(messages, list):
        return [text for nested in messages for text in _flat(nested)]
    return [str(messages)]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(request, _as_portal_error(exception) or BadRequest())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(request, _Forbidden())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers what nothing else has handled, also what fails before a view is reached, such as
    reading the session from the database.
    """
    if known := _as_portal_error(sys.exc_info()[1]):
        return error_response(request, known)
    if _wants_json(request):
        return JsonResponse(_as_json(_ServerFault()), status=500)
    fault = render_to_string("errors/fault.html", {"error": _ServerFault(), "city": city_of()})
    return HttpResponse(fault, status=500)
