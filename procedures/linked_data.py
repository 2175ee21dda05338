"""A card as linked data: a schema.org ``GovernmentService`` that is a ``PublicService`` of CPSV-AP
3.2, the European vocabulary of public services, too.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from .models import Document, Fee, ProcedureFile, ProcedureVersion
from .public import PublicCard
from .texts import plain_text

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_CURRENCY = "http://publications.europa.eu/resource/authority/currency/PLN"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/POL"
_COUNTRY = "http://publications.europa.eu/resource/authority/country/POL"
_Node = dict[str, object]


def describe(card: PublicCard) -> _Node:
    """JSON-LD with its context inside, so that nobody has to fetch one."""
    version, url = card.version, _absolute(card.url)
    summary = plain_text(version.summary) or version.title
    authority = _authority(version)
    node: _Node = {
        "@context": _CONTEXT,
        "@id": url,
        "@type": ["GovernmentService", "cpsv:PublicService"],
        "identifier": card.number,
        "name": version.title,
        "description": summary,
        "url": url,
        "inLanguage": "pl",
        "serviceOperator": authority,
        "provider": {"@id": authority["@id"]},
        "areaServed": {"@type": "City", "name": "Łódź"},
        "availableChannel": _channels(version, url),
        "dct:identifier": card.number,
        "dct:title": _polish(version.title),
        "dct:description": _polish(summary),
        "dct:language": {"@id": _LANGUAGE},
        "dct:modified": {
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
            "@value": _instant(version),
        },
        "cv:hasCompetentAuthority": {"@id": authority["@id"]},
        "cv:hasChannel": [{"@id": one["@id"]} for one in _channels(version, url)],
    }
    parts: dict[str, Iterable[_Node]] = {
        "cv:hasCost": (
            _cost(fee, f"{url}#oplata-{n}") for n, fee in enumerate(version.fees.all(), 1)
        ),
        "cpsv:hasInput": (
            _evidence(row, f"{url}#dokument-{n}")
            for n, row in enumerate((row for rows in card.documents.values() for row in rows), 1)
        ),
        "cv:hasLegalResource": (
            {
                "@id": basis.url or f"{url}#podstawa-{n}",
                "@type": ["Legislation", "eli:LegalResource"],
                "name": basis.title,
                "dct:title": _polish(basis.title),
            }
            for n, basis in enumerate(version.legal_bases.all(), 1)
        ),
        "cv:isGroupedBy": (
            {
                "@id": f"{_absolute(reverse('procedures:search'))}?sytuacja={row.code}",
                "@type": "cv:LifeEvent",
                "dct:identifier": row.code,
                "dct:title": _polish(row.name),
            }
            for row in card.situations
        ),
        "dct:relation": ({"@id": _absolute(_url_of(row))} for row in card.related),
    }
    return node | {name: rows for name, found in parts.items() if (rows := list(found))}


def _authority(version: ProcedureVersion) -> _Node:
    unit = version.unit
    found: _Node = {
        "@id": f"{settings.SITE_URL}/#jednostka-{unit.code}",
        "@type": ["GovernmentOrganization", "cv:PublicOrganisation"],
        "name": unit.name,
        "dct:identifier": unit.code,
        "dct:title": _polish(unit.name),
        "skos:prefLabel": _polish(unit.name),
        "dct:spatial": {"@id": _COUNTRY},
    }
    return found | ({"telephone": unit.phone} if unit.phone else {})


def _channels(version: ProcedureVersion, url: str) -> list[_Node]:
    named = [
        ("urzad", "Osobiście", True, {}),
        ("internet", "Przez internet", version.is_online, {"serviceUrl": version.online_url}),
        ("poczta", "Pocztą", version.is_by_post, {}),
        ("telefon", "Telefonicznie", version.is_by_phone, {}),
    ]
    return [
        {
            "@id": f"{url}#{code}",
            "@type": ["ServiceChannel", "cv:Channel"],
            "name": name,
            "dct:identifier": code,
            "dct:title": _polish(name),
            **{key: value for key, value in more.items() if value},
        }
        for code, name, is_open, more in named
        if is_open
    ]


def _cost(fee: Fee, url: str) -> _Node:
    found: _Node = {
        "@id": url,
        "@type": "cv:Cost",
        "dct:identifier": url,
        "dct:description": _polish(fee.name),
    }
    if fee.amount is None:
        return found
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    amount = {"@type": decimal, "@value": f"{fee.amount:.2f}"}
    return found | {"cv:value": amount, "cv:currency": {"@id": _CURRENCY}}


def _evidence(document: Document, url: str) -> _Node:
    found: _Node = {
        "@id": url,
        "@type": "cv:Evidence",
        "dct:identifier": url,
        "dct:title": _polish(document.name),
    }
    if document.template is None:
        return found
    return found | {"foaf:page": {"@id": _absolute(_file_url(document.template))}}


def _polish(text: str) -> _Node:
    return {"@language": "pl", "@value": text}


def _absolute(path: str) -> str:
    return settings.SITE_URL + path


def _url_of(version: ProcedureVersion) -> str:
    return reverse("procedures:card", args=[version.procedure.number])


def _file_url(file: ProcedureFile) -> str:
    return reverse("procedures:file", args=[file.pk, file.name])


def _instant(version: ProcedureVersion) -> str:
    return version.published_at.isoformat() if version.published_at else ""
