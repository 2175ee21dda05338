"""A card for programs: schema.org and CPSV-AP 3.2, as the standards ask."""

import json
import re
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef

from tests.procedures.cards import make_card, publish_full_card

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("cpsv_ap.ttl")
CPSV = "http://purl.org/vocab/cpsv#"


def read(client) -> Graph:
    answer = client.get("/procedury/KA-01238.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    return Graph().parse(data=answer.text, format="json-ld")


def faults_of(graph: Graph) -> str:
    fits, _report, text = validate(graph, shacl_graph=Graph().parse(SHAPES))
    return "" if fits else text


def test_a_full_card_fits_the_shapes(client):
    publish_full_card()
    assert faults_of(read(client)) == ""


def test_a_card_with_nothing_but_a_title_fits_them_too(client):
    make_card(number="KA-01238", steps=[])
    assert faults_of(read(client)) == ""


@pytest.mark.parametrize(
    "name",
    [
        "http://data.europa.eu/m8g/hasCompetentAuthority",
        "http://purl.org/dc/terms/title",
        "http://data.europa.eu/m8g/currency",
        "https://schema.org/serviceOperator",
    ],
)
def test_the_shapes_notice_what_is_missing(client, name):
    publish_full_card()
    graph = read(client)
    assert (None, URIRef(name), None) in graph
    graph.remove((None, URIRef(name), None))
    assert faults_of(graph)


def test_the_page_holds_the_same_data_and_no_word_ends_it(client):
    publish_full_card(summary="</script><script>alert(1)</script> & <!-- 5 > 3")
    page = client.get("/procedury/KA-01238/").text
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(text) == client.get("/procedury/KA-01238.jsonld").json()
    assert "<script>alert" not in page
