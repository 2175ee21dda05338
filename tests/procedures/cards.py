"""Cards of the knowledge base for tests: one call, one card with the parts that were named."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from catalogue.models import Category
from districts.models import Layer
from procedures.contents import read_contents
from procedures.editing.drafting import begin_version, save_draft
from procedures.editing.publishing import send_to_review
from procedures.editing.review_links import make_review_link
from procedures.models import (
    Department,
    Desk,
    DeskDistrict,
    Document,
    Fee,
    Feedback,
    Illustration,
    LegalBasis,
    LifeSituation,
    MissedQuery,
    OutsideLink,
    Picture,
    Procedure,
    ProcedureFile,
    ProcedureVersion,
    Step,
    Topic,
)
from procedures.search.indexing import index_procedures
from tests.pictures import jpeg
from units.models import Unit

_numbers = count(90001)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def make_card(
    title: str = "Wydanie dowodu osobistego",
    *,
    number: str = "",
    topics=(),
    situations=(),
    categories=(),
    related=(),
    synonyms=(),
    **version,
) -> Procedure:
    """A procedure with one version, published an hour ago unless ``published_at`` says otherwise.

    ``topics``, ``situations`` and ``categories`` are codes (unknown topics and situations are
    made); ``related`` are procedures; the rest is what ``make_version`` takes.
    """
    procedure = Procedure.objects.create(
        number=number or f"KA-{next(_numbers):05}",
        synonyms=list(synonyms),
        **{name: version.pop(name) for name in _OF_PROCEDURE if name in version},
    )
    procedure.topics.set([make_topic(code) for code in topics])
    procedure.situations.set([make_situation(code) for code in situations])
    procedure.categories.set(Category.objects.filter(code__in=categories))
    procedure.related.set(related)
    make_version(procedure, title=title, **version)
    return procedure


_OF_PROCEDURE = (
    "withdrawn_at",
    "withdrawal_note",
    "replaced_by",
    "desk_layer",
    "review_by",
    "keeper",
    "is_demo",
)


def make_version(
    procedure: Procedure,
    *,
    unit: str | Unit = "uml",
    steps=("Złóż wniosek.", "Odbierz dokument."),
    fees=(),
    documents=(),
    legal_bases=(),
    illustrations=(),
    **values,
) -> ProcedureVersion:
    """The next version of the card; ``published_at=None`` makes it the draft.

    ``steps`` are texts; ``fees`` (name, amount); ``documents`` (kind, name[, template]);
    ``legal_bases`` (title, url); ``illustrations`` (name, description, picture).
    """
    number = procedure.versions.count() + 1
    values.setdefault("published_at", timezone.now() - timedelta(hours=1) + number * _SECOND)
    values.setdefault("title", f"Karta {procedure.number}")
    of_unit = unit if isinstance(unit, Unit) else make_unit(unit)
    # Last, because from then on the database refuses to change the version or its parts.
    published_at = values.pop("published_at")
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=number, unit=of_unit, **values
    )
    for place, text in enumerate(steps):
        Step.objects.create(version=version, position=place, text=text)
    for place, (name, amount) in enumerate(fees):
        Fee.objects.create(version=version, position=place, name=name, amount=amount)
    for place, (kind, name, *template) in enumerate(documents):
        Document.objects.create(
            version=version,
            position=place,
            kind=kind,
            name=name,
            template=template[0] if template else None,
        )
    for place, (name, url) in enumerate(legal_bases):
        LegalBasis.objects.create(version=version, position=place, title=name, url=url)
    for place, (name, description, picture) in enumerate(illustrations):
        Illustration.objects.create(
            version=version, position=place, name=name, description=description, picture=picture
        )
    if published_at is not None:
        version.published_at = published_at
        version.save(update_fields=["published_at"])
    return version


_SECOND = timedelta(seconds=1)


def publish_full_card(number: str = "KA-01238", **changes) -> Procedure:
    """A card with something in every place, which is found, and with two desks."""
    unit = make_unit("uml")
    for code, district in (("srodmiescie", "katedralna"), ("baluty", "baluty-doly")):
        if not unit.desks.filter(code=code).exists():
            make_desk(unit, code, districts=[district], hours="pon. 9–17", phone="42 638 44 44")
    values = {
        "number": number,
        "topics": ["dokumenty"],
        "situations": ["przeprowadzka"],
        "categories": ["dziura-w-jezdni"],
        "related": [make_card("Zgłoszenie utraty dowodu")],
        "desk_layer": Layer.objects.get(code="osiedla"),
        "department": make_department(unit, name="Oddział Dowodów"),
        "summary": "Dowód dostaniesz **za darmo** w 30 dni.",
        "steps": ["Złóż [wniosek](https://www.gov.pl).", "Odbierz dowód."],
        "is_online": True,
        "online_url": "https://www.gov.pl/dowod",
        "fees": [("Opłata skarbowa", Decimal("17.00")), ("Zdjęcie", None)],
        "exemptions": "Dzieci nie płacą.",
        "documents": [("required", "Zdjęcie"), ("other", "Wniosek", make_file())],
        "legal_bases": [("Ustawa o dowodach", "https://isap.sejm.gov.pl/x"), ("Uchwała", "")],
        "time_limit": "Do 30 dni.",
        "place": "ul. Piotrkowska 110",
        "handling": "Urzędnik sprawdzi dane.",
        "appeal": "Do wojewody w 14 dni.",
        "change_note": "Pierwsza wersja.",
    }
    card = make_card("Wydanie dowodu osobistego", **values | changes)
    index_procedures([card])
    return card


def make_unit(code: str) -> Unit:
    """The unit with this code; one that only carries out procedures where there is none."""
    values = {"name": f"Wydział {code}", "short_name": code.upper(), "takes_reports": False}
    return Unit.objects.get_or_create(code=code, defaults=values)[0]


def make_department(unit: Unit, code: str = "oddzial", name: str = "Oddział Obsługi") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"unit": unit, "name": name})[0]


def make_topic(code: str, *, parent: str | None = None, name: str = "") -> Topic:
    values = {"name": name or code.capitalize(), "parent": make_topic(parent) if parent else None}
    return Topic.objects.get_or_create(code=code, defaults=values)[0]


def make_situation(code: str, *, name: str = "") -> LifeSituation:
    return LifeSituation.objects.get_or_create(
        code=code, defaults={"name": name or code.capitalize()}
    )[0]


def make_desk(unit: Unit, code: str, *, districts=(), layer: Layer | None = None, **values) -> Desk:
    """A desk of ``unit`` for the ``districts`` (codes) of ``layer``: of the osiedla where none."""
    values = {"name": f"Punkt obsługi {code}", "address": "ul. Krzemieniecka 2b"} | values
    desk = Desk.objects.create(unit=unit, code=code, **values)
    layer = layer or Layer.objects.get(code="osiedla")
    for district in districts:
        DeskDistrict.objects.create(desk=desk, unit=unit, layer=layer, code=district)
    return desk


def make_file(name: str = "wniosek.pdf", content: bytes = b"%PDF-1.7 wzor") -> ProcedureFile:
    """A kept file; its type follows from the ending of ``name``."""
    types = {
        ".pdf": "application/pdf",
        ".odt": "application/vnd.oasis.opendocument.text",
        ".png": "image/png",
    }
    return ProcedureFile.objects.create(
        file=ContentFile(content, name=name),
        name=name,
        content_type=types[PurePath(name).suffix],
        size=len(content),
        sha256=sha256(content).hexdigest(),
    )


def make_picture(name: str = "wejscie.jpg") -> Picture:
    """A picture of 1200 × 800 pixels as the worker leaves it: ready."""
    content = BytesIO()
    Image.open(BytesIO(jpeg((1200, 800)))).save(content, "WEBP")
    return Picture.objects.create(
        name=name,
        sha256=sha256(content.getvalue()).hexdigest(),
        file=ContentFile(content.getvalue(), name="x.webp"),
        size=len(content.getvalue()),
        width=1200,
        height=800,
        state=Picture.State.READY,
    )


def card_with_everything(editor: User) -> str:
    """KA-00001 in the editors' room: published, dated for review, with a dead link and readers'
    words, and a second version in review with a link for an opinion, whose key is returned.
    """
    card = make_card(
        number="KA-00001",
        unit="uml",
        summary="Dowód wyrobisz w **każdym** urzędzie.",
        steps=["Wejdź od podwórza.\n\n![](wejscie)", "Odbierz dokument."],
        illustrations=[("wejscie", "Wejście do urzędu od podwórza.", make_picture())],
        fees=[("Opłata skarbowa", 17)],
        documents=[("required", "Wniosek", make_file()), ("other", "Pełnomocnictwo")],
        legal_bases=[("Ustawa o dowodach osobistych", "https://isap.sejm.gov.pl/dowody")],
        review_by=timezone.localdate() + timedelta(days=5),
        synonyms=["nowy dowód"],
    )
    link = OutsideLink.objects.create(
        url="https://isap.sejm.gov.pl/dowody",
        due_at=timezone.now(),
        checked_at=timezone.now(),
        status=404,
        fault="gone",
        failures=3,
    )
    link.procedures.add(card)
    said = {"procedure": card, "version": card.versions.get()}
    Feedback.objects.create(is_helpful=True, sentence="Jasne, dziękuję.", **said)
    Feedback.objects.create(is_helpful=False, sentence="Ile się czeka?", **said)
    today = timezone.localdate()
    MissedQuery.objects.create(mark="a", text="karta wędkarska", days=3, last_on=today)
    draft = begin_version(card, by=editor)
    changed = replace(read_contents(draft), summary="Dowód wyrobisz w każdym urzędzie gminy.")
    save_draft(draft, changed, edits=0, by=editor)
    send_to_review(draft, edits=1, by=editor)
    _link, key = make_review_link(draft, edits=1, name="mec. Anna Prawo", days=7, by=editor)
    return key


def words_of_card() -> dict[str, object]:
    """What stands for the card's words in the access matrix."""
    file = make_file()
    card = make_card(
        number="KA-01238",
        documents=[("other", "Wniosek", file)],
        illustrations=[("wejscie", "Wejście od podwórza.", picture := make_picture())],
    )
    return {
        "card": card.number,
        "card_spelled": "1238",
        "card_file": file.pk,
        "card_file_name": file.name,
        "card_picture": picture.pk,
    }
