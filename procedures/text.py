"""A whole version as one Markdown text, for reading it over and for seeing what changed."""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from .contents import Contents, GivenBasis, GivenDocument, GivenFee, GivenIllustration

# Signs that Markdown could take for its own in a title or a name.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+.!|~-])")


def text_of(contents: Contents) -> str:
    """In Polish, as the card is. What editors wrote as Markdown is kept as such; the rest is
    escaped.
    """
    with override(settings.LANGUAGE_CODE):
        return "\n\n".join(part for part in _parts(contents) if part.strip())


def _parts(contents: Contents) -> Iterator[str]:
    yield contents.summary
    yield from _section(_("Jak to załatwić"), _numbered(step.text for step in contents.steps))
    yield from _section(_("W skrócie"), _listed(_facts(contents)))
    yield from _section(_("Sposób załatwienia"), contents.handling)
    yield from _section(_("Ile to trwa"), _escaped(contents.time_limit))
    yield from _section(_("Gdzie"), contents.place)
    yield from _section(_("Opłaty"), _listed(map(_fee, contents.fees)))
    yield from _section(_("Zwolnienia z opłat"), contents.exemptions)
    for title, kind in ((_("Wymagane dokumenty"), "required"), (_("Inne dokumenty"), "other")):
        own = (document for document in contents.documents if document.kind == kind)
        yield from _section(title, _listed(map(_document, own)))
    yield from _section(_("Podstawa prawna"), _listed(map(_basis, contents.legal_bases)))
    yield from _section(_("Odwołanie"), contents.appeal)
    yield from _section(_("Kto to prowadzi"), _escaped(_unit(contents)))
    yield from _section(_("Ilustracje"), _listed(map(_illustration, contents.illustrations)))


def _section(title: str, body: str) -> Iterator[str]:
    if body.strip():
        yield f"## {title}"
        yield body


def _numbered(texts: Iterable[str]) -> str:
    return "\n\n".join(
        f"{number}. " + text.replace("\n", "\n" + " " * len(f"{number}. "))
        for number, text in enumerate(texts, start=1)
    )


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def _facts(contents: Contents) -> list[str]:
    answers = {
        _("Przez internet"): contents.is_online,
        _("Pocztą"): contents.is_by_post,
        _("Przez telefon"): contents.is_by_phone,
        _("Trzeba się umówić"): contents.needs_appointment,
        _("Opłata"): contents.has_fee,
        _("Przez pełnomocnika"): contents.allows_proxy,
    }
    yes, no = _("tak"), _("nie")
    facts = [f"{name}: {yes if answer else no}" for name, answer in answers.items()]
    if contents.online_url:
        facts.append(_("Usługa w internecie: %(url)s") % {"url": f"<{contents.online_url}>"})
    return facts


def _fee(fee: GivenFee) -> str:
    if fee.amount is None:
        amount = _("kwota zależy od sprawy")
    else:
        amount = _("%(amount)s zł") % {"amount": number_format(fee.amount, 2)}
    parts = [f"{_escaped(fee.name)}: {amount}"]
    if fee.account:
        parts.append(_("konto %(account)s") % {"account": _escaped(fee.account)})
    return " · ".join(parts)


def _document(document: GivenDocument) -> str:
    parts = [_escaped(document.name), _escaped(document.note)]
    if document.template:
        parts.append(_("wzór: %(file)s") % {"file": _escaped(document.template.name)})
    return " – ".join(part for part in parts if part)


def _basis(basis: GivenBasis) -> str:
    return f"{_escaped(basis.title)}: <{basis.url}>" if basis.url else _escaped(basis.title)


def _illustration(given: GivenIllustration) -> str:
    """With the number of its file: another picture of the same name is another one."""
    picture = given.picture
    file = _("plik %(number)s: %(name)s") % {"number": picture.pk, "name": _escaped(picture.name)}
    return f"{_escaped(given.name)}: {_escaped(given.description)} ({file})"


def _unit(contents: Contents) -> str:
    return ", ".join(str(one) for one in (contents.unit.name, contents.department) if one)
