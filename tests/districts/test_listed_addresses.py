"""Every address that the city lists is found as it is listed, in an osiedle where it is listed."""

import csv
import gzip
import random
import re
from collections import Counter, defaultdict
from itertools import islice

import pytest
from django.conf import settings

from districts.gazetteer import find_addresses
from districts.models import Address, Street
from districts.suggesting import suggest_addresses
from tests.depth import DEEP

pytestmark = pytest.mark.django_db
BATCH = 2_000


@pytest.fixture(scope="module")
def listed() -> dict[tuple[str, str], set[str]]:
    """Street and number, with the codes of the districts where they are listed."""
    codes = defaultdict(set)
    with gzip.open(settings.BASE_DIR / "fixtures" / "addresses.csv.gz", "rt") as file:
        for row in csv.reader(file, delimiter=";"):
            if not row[0].startswith("#"):
                codes[row[1], row[2]].add(row[0])
    return dict(codes)


def test_all_of_them_are_loaded(listed):
    assert sum(map(len, listed.values())) == Address.objects.count() >= 63_198
    streets = set(Street.objects.values_list("name", flat=True))
    assert {street for street, _number in listed} == streets


def test_no_name_of_a_street_lost_its_number(listed):
    assert all(" " not in number for _street, number in listed)
    assert {"Rewolucji 1905 r.", "Dywizjonu 303"} <= {street for street, _number in listed}


def test_each_is_found_in_its_district(listed):
    wrong = []
    rest = iter(listed.items())
    while batch := list(islice(rest, BATCH)):
        texts = [f"{street} {number}" for (street, number), _codes in batch]
        for ((street, number), codes), found in zip(batch, find_addresses(texts), strict=True):
            if (
                found is None
                or (found.street, found.number.upper()) != (street, number.upper())
                or found.district is None
                or found.district.code not in codes
            ):
                wrong.append((street, number, found))
    assert wrong[:20] == []


def test_each_is_suggested_first(listed):
    wrong = []
    for street, number in typed(list(listed)):
        found = suggest_addresses(f"{street} {number}")
        first = found[0] if found else None
        if first is None or (first.street, first.number.upper()) != (street, number.upper()):
            wrong.append((street, number, first))
    assert wrong[:20] == []


def typed(listed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """All of them take minutes: one of every third street, and all that look unusual."""
    if DEEP:
        return listed
    shapes = Counter(map(shape, listed))
    unusual = [address for address in listed if shapes[shape(address)] < 100]
    shuffled = random.Random(2026).sample(listed, len(listed))
    each = list({street: (street, number) for street, number in shuffled}.values())
    return [*each[::3], *unusual]


def shape(address: tuple[str, str]) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[A-Z]", "A", address[1]))
