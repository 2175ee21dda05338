"""What stands for the words in the rows of the access matrix."""

from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from accounts.models import ConsentEntry, User
from districts.editions.drafting import begin_draft
from districts.editions.uploading.storing import store_upload
from districts.models import OSIEDLA, Edition, Layer
from maps.following.links import key_of_mailbox
from regulations.models import Kind, Version
from reports.mailbox_link import mailbox_key
from reports.models import AnswerTemplate, Photo
from reports.secret_link import key_of
from tests.factories import dispatched
from tests.pages.entries import inquiry, news, question
from tests.people import person as somebody
from tests.people import registered
from tests.procedures.cards import words_of_card
from tests.switching import break_in


def words_of(resident: User) -> dict[str, object]:
    """A report of ZDiT that ``resident`` sent, with a photo that nobody cleared; an account on
    which the administrator acts; a draft, texts of editors, a message, a card, a break.
    """
    report = dispatched(owner=resident)
    photo = Photo.objects.create(report=report, state=Photo.State.READY)
    photo.small.save("small.webp", ContentFile(b"RIFF"))
    numbers = {kind: Version.objects.in_force(kind).number for kind in Kind.values}
    layer = Layer.objects.get(pk=OSIEDLA)
    draft = begin_draft(layer, "draft", by=somebody("ada"), source="x", credit="x")
    key = key_of(report.reference)
    mailbox = ConsentEntry.hash_of("somebody@example.org")
    return {
        "key": key,
        "mailbox": mailbox,
        "mailbox_key": mailbox_key(mailbox),
        "watches_key": key_of_mailbox(mailbox),
        "report": report.reference,
        "photo": photo.pk,
        "secret": uuid4().hex,
        "person": registered("pawel").pk,
        "draft": draft.code,
        "zero": 0,
        "kind": "aktualnosci",
        "news": (written := news()).code,
        "news_key": written.pk,
        "group": (asked := question()).group_id,
        "inquiry": (sent := inquiry()).pk,
        "inquiry_secret": sent.secret,
        "question": asked.code,
        "one": 1,
        "nothing": UUID(int=0),
        "answer_template": AnswerTemplate.objects.create(name="Dziękujemy", text="…").pk,
        **words_of_card(),
        "break": break_in(minutes=10 * 24 * 60).pk,
        "upload": store_upload(draft, ContentFile(b"x", "x"), by=None).pk,
        "edition": (edition := Edition.objects.in_force().code),
        "feature": f"{edition}.radogoszcz",
        **numbers,
    }
