"""How to reach the city, and the form by which one writes to the administrator of the portal."""

from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import resident_of
from regulations.models import Kind, Version
from reports.intake.guard.admitting import ChallengeNeeded, check_sender
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

from .inquiries.forgetting import withdraw_address
from .inquiries.sending import NewInquiry, send_inquiry
from .models import Inquiry
from .models.inquiry import LONGEST_INQUIRY


class ContactForm(forms.Form):
    """``website`` is a field that people do not see: only machines fill it in."""

    topic = forms.ChoiceField(label=_("Czego dotyczy wiadomość?"), choices=Inquiry.Topic.choices)
    text = forms.CharField(
        label=_("Wiadomość"),
        max_length=LONGEST_INQUIRY,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Napisz, w czym możemy pomóc.")},
    )
    name = forms.CharField(
        label=_("Imię albo nazwa (jeśli chcesz)"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail (jeśli chcesz odpowiedź)"),
        required=False,
        help_text=_("Wyślemy na niego kopię wiadomości i odpowiedź. Bez adresu też przeczytamy."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(required=False)
    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    clause = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    ticket = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    proof = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=200)

    # What a machine has to work off before the message is taken; see ``ChallengeNeeded``.
    challenge: object = None

    def ask_for_work(self, asked: ChallengeNeeded) -> None:
        """Show the form again with work for a machine, and a ticket for a person who waits."""
        self.challenge = asked.extra["challenge"]
        self.data = {**self.cleaned_data, "ticket": asked.ticket, "website": ""}

    def new_inquiry(self, request: HttpRequest) -> NewInquiry:
        names = ("submission_id", "topic", "text", "name", "email", "consent", "clause")
        values = {name: self.cleaned_data[name] for name in names}
        return NewInquiry(**values, sender=resident_of(request))


def _show_again(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST)
    form.add_error(None, SEND_AGAIN)
    return _render_page(request, form, status=EXPIRED)


@shown_again_by(_show_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or take the message and redirect to the thanks."""
    if request.method != "POST":
        resident = resident_of(request)
        initial = {"submission_id": uuid4(), "email": resident.email if resident else ""}
        return _render_page(request, ContactForm(initial=initial))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _render_page(request, form, status=400)
    try:
        _check_sender(request, form)
        send_inquiry(form.new_inquiry(request))
    except PortalError as refusal:
        if isinstance(refusal, ChallengeNeeded):
            form.ask_for_work(refusal)
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.detail))
        return _render_page(request, form, status=refusal.status)
    return HttpResponseRedirect(reverse("pages:contact-sent"), status=303)


def _check_sender(request: HttpRequest, form: ContactForm) -> None:
    values = form.cleaned_data
    check_sender(
        request,
        values["submission_id"],
        proof=values["proof"],
        ticket=values["ticket"],
        accepted=Inquiry.objects.all(),
        is_suspect=bool(values["website"]),
    )


def _render_page(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "clause": Version.objects.in_force(Kind.CLAUSE)}
    return render(request, "pages/contact.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, secret: UUID) -> HttpResponse:
    """GET asks and POST withdraws, so a scanner that opens links changes nothing."""
    inquiry = get_object_or_404(Inquiry, secret=secret)
    if request.method == "POST":
        withdraw_address(inquiry, how="letter")
        inquiry.refresh_from_db()
    return render(request, "pages/withdraw_address.html", {"is_done": not inquiry.email})
