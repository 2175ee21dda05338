"""'Me too' without scripts: a button on the status page."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from reports.intake.devices import device_of, follower_hash, remember_device
from reports.intake.following import follow as follow_report
from reports.models import Report


@never_cache
@require_POST
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    report = Report.objects.public().find(reference)
    device = device_of(request)
    follow_report(report, follower=follower_hash(device))
    messages.success(request, _("Dopisaliśmy Cię do tej sprawy."))
    response = HttpResponseRedirect(report.get_absolute_url(), status=303)
    remember_device(response, device, secure=settings.SESSION_COOKIE_SECURE)
    return response
