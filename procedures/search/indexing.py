"""What can be found of a version: written when it is published or scheduled.

A version is indexed by its own row and searched only while it is the current one, so a scheduled
card is found from its instant on, and a withdrawn one no longer, without anything being started.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from districts.gazetteer import fold
from procedures.models import Procedure, ProcedureVersion, SearchEntry, SearchTerm, WordForm

from .lemmas import forms_of, lemmas_of, root_of
from .words import words_of

# Changes when the same card should be indexed in another way.
_ENGINE = "2"
# How much a word says about the card, by where it stands.
_TITLE, _SYNONYM, _ARRANGEMENT, _SUMMARY = 6.0, 4.0, 2.0, 2.0
_DOCUMENT, _BODY, _REST = 1.2, 1.0, 0.5
# From this weight on, more of the same word hardly counts.
_SATURATION = 4.0
# A word that only shares its root is half as good.
_OF_ROOT = 0.5
_BATCH = 5_000


def index_procedures(procedures: Iterable[Procedure]) -> int:
    """Index the versions of ``procedures`` that the public reads or will read, where what they say
    has changed; each procedure in a transaction. Returns how many versions were written.
    """
    return sum(_index_procedure(procedure) for procedure in procedures)


def index_all() -> int:
    """``index_procedures`` for all, and forget the forms of words that no card holds any more."""
    written = index_procedures(Procedure.objects.known_or_scheduled().order_by("pk").iterator())
    held = SearchTerm.objects.values("lemma")
    WordForm.objects.exclude(lemma__in=held).delete()
    return written


def index_missing() -> int:
    """``index_procedures`` for those with a version that was published or scheduled and not
    indexed: what an act did not index itself.
    """
    missing = _asked_versions().filter(search_entry=None).values("procedure")
    return index_procedures(Procedure.objects.filter(pk__in=missing))


def _asked_versions() -> QuerySet[ProcedureVersion]:
    """Versions that are read now or will be."""
    now = timezone.now()
    current = ProcedureVersion.objects.current().values("pk")
    return ProcedureVersion.objects.filter(Q(pk__in=current) | Q(published_at__gt=now))


@transaction.atomic
def _index_procedure(procedure: Procedure) -> int:
    # Two that index one card would write its terms twice.
    Procedure.objects.select_for_update(no_key=True).get(pk=procedure.pk)
    asked = _asked_versions().filter(procedure=procedure).select_related("unit", "department")
    SearchEntry.objects.filter(version__procedure=procedure).exclude(version__in=asked).delete()
    # Cards are Polish, and so are the words of topics and situations by which they are found.
    with override("pl"):
        return sum(_index_version(version) for version in asked)


def _index_version(version: ProcedureVersion) -> bool:
    texts = [(weight, text) for weight, text in _texts(version) if text]
    said = "\n".join([_ENGINE, *(f"{weight} {text}" for weight, text in texts)])
    digest = sha256(said.encode()).hexdigest()
    old = SearchEntry.objects.filter(version=version).first()
    if old and old.digest == digest:
        return False
    if old:
        old.delete()
    entry = SearchEntry.objects.create(
        version=version, digest=digest, title_words=len(set(words_of(version.title)))
    )
    terms = list(_terms(entry, texts))
    SearchTerm.objects.bulk_create(terms, _BATCH)
    keep_forms({term.lemma for term in terms if not term.lemma.startswith("~")})
    return True


def _texts(version: ProcedureVersion) -> Iterator[tuple[float, str]]:
    """All words of a card, each text with its weight."""
    procedure = version.procedure
    yield _TITLE, version.title
    yield from ((_SYNONYM, synonym) for synonym in sorted(procedure.synonyms))
    for topic in procedure.topics.select_related("parent").order_by("pk"):
        yield _ARRANGEMENT, topic.name
        yield _REST, topic.parent.name if topic.parent else ""
    for situation in procedure.situations.order_by("pk"):
        yield _ARRANGEMENT / 2, situation.name
    for category in procedure.categories.order_by("pk"):
        yield _ARRANGEMENT, " ".join([category.name, *category.keywords])
    yield _SUMMARY, version.summary
    for document in version.documents.all():
        yield _DOCUMENT, f"{document.name} {document.note}"
    yield from ((_BODY, step.text) for step in version.steps.all())
    yield _BODY, version.handling
    yield from ((_REST, fee.name) for fee in version.fees.all())
    yield _REST, version.exemptions
    yield from ((_REST, basis.title) for basis in version.legal_bases.all())
    yield _REST, f"{version.unit.name} {version.unit.short_name}"
    yield _REST, version.department.name if version.department else ""


def _terms(entry: SearchEntry, texts: list[tuple[float, str]]) -> Iterator[SearchTerm]:
    sums: Counter[str] = Counter()
    of_title: set[str] = set()
    for weight, text in texts:
        for word in words_of(text):
            for lemma in lemmas_of(word):
                sums[lemma] += weight  # type: ignore[assignment]
                if weight == _TITLE:
                    of_title.add(lemma)
    roots: dict[str, float] = {}
    title_roots = {root_of(lemma) for lemma in of_title}
    for lemma, amount in sums.items():
        weight = amount / (amount + _SATURATION)
        yield SearchTerm(entry=entry, lemma=lemma, weight=weight, in_title=lemma in of_title)
        if root := root_of(lemma):
            roots[root] = max(roots.get(root, 0.0), weight * _OF_ROOT)
    for root, weight in roots.items():
        yield SearchTerm(
            entry=entry, lemma=f"~{root}"[:60], weight=weight, in_title=root in title_roots
        )


def keep_forms(lemmas: set[str]) -> None:
    """Keep every form of those ``lemmas`` that are not known yet."""
    known = set(WordForm.objects.filter(lemma__in=lemmas).values_list("lemma", flat=True))
    rows = [
        WordForm(form=form, folded=fold(form), lemma=lemma)
        for lemma in sorted(lemmas - known)
        for form in forms_of(lemma)
    ]
    WordForm.objects.bulk_create(rows, _BATCH, ignore_conflicts=True)
