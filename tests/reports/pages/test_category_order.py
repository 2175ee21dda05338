"""The form offers the most used categories first."""

import pytest
from django.utils import translation

from catalogue.categories import OTHER
from catalogue.models import Category
from reports.pages.new import categories_by_group

pytestmark = pytest.mark.django_db


def use(**uses: int) -> None:
    for code, number in uses.items():
        Category.objects.filter(code=code.replace("_", "-")).update(uses=number)


def offered() -> list[list[str]]:
    """The codes of the categories as the form lists them, group by group."""
    return [[category.code for category in rows] for _name, rows in categories_by_group()]


def test_the_most_used_category_is_the_first_of_its_group():
    use(zalana_ulica=3, studzienka=5)
    [roads] = [codes for codes in offered() if "studzienka" in codes]
    assert roads[:3] == ["studzienka", "zalana-ulica", "dziura-w-jezdni"]


def test_the_most_used_group_is_the_first():
    use(studzienka=4, sople=3, sliski_chodnik=2)
    winter, roads, *_others = offered()
    assert "sople" in winter
    assert "studzienka" in roads


def test_other_matters_are_the_last_group_however_used():
    use(inna_sprawa=100)
    assert OTHER in offered()[-1]


def test_unused_groups_stand_as_in_the_annex():
    with translation.override("pl"):
        names = [name for name, _rows in categories_by_group()]
    assert names[0] == "Drogi i chodniki"
    assert names[-1] == "Coś innego"
