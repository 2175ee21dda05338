import pytest
from django.contrib.gis.geos import Point

from districts.describing import find_near, place_in_words
from districts.locating import locate
from districts.models import Address

pytestmark = pytest.mark.django_db
METRE_NORTH = 1 / 111_320


@pytest.fixture
def hall() -> Point:
    """A place far from addresses, with one beside it."""
    place = Point(19.60, 51.72, srid=4326)
    Address.objects.filter(location__dwithin=(place, 0.02)).update(location=None)
    Address.objects.create(
        street="Próbna",
        number="7",
        street_key="probna",
        number_key="7",
        district_code=locate(place).district.code,
        location=place,
    )
    return place


def words(x: float, y: float) -> str:
    point = Point(x, y, srid=4326)
    return place_in_words(find_near(point), locate(point).district.name)


def test_at_an_address_there_is_no_distance(hall):
    assert words(hall.x, hall.y).startswith("Próbna 7, osiedle ")


@pytest.mark.parametrize(
    ("north", "east", "expected"),
    [
        (40, 0, "Próbna 7, ok. 40 m na północ, osiedle"),
        (0, 40, "Próbna 7, ok. 40 m na wschód, osiedle"),
        (-100, -100, "Próbna 7, ok. 140 m na południowy zachód, osiedle"),
        (300, 0, "Próbna 7, ok. 300 m na północ, osiedle"),
        # A degree eastwards is shorter than one northwards: 17° here, an eighth begins at 22.5°.
        (100, 30, "Próbna 7, ok. 100 m na północ, osiedle"),
        (30, -100, "Próbna 7, ok. 100 m na zachód, osiedle"),
    ],
)
def test_it_says_how_far_and_which_way(hall, north, east, expected):
    east_degrees = east * METRE_NORTH / 0.6196
    assert words(hall.x + east_degrees, hall.y + north * METRE_NORTH).startswith(expected)


def test_the_nearest_is_the_nearest_in_metres(hall):
    # Sixty metres to the east are more degrees than eighty to the north.
    east, north = 60 * METRE_NORTH / 0.6196, 80 * METRE_NORTH
    near = Address.objects.get(street="Próbna")
    near.pk, near.number, near.number_key = None, "9", "9"
    near.location = Point(hall.x + east, hall.y + north, srid=4326)
    near.save(force_insert=True)
    assert words(hall.x + east, hall.y).startswith("Próbna 7, ok. 60 m na wschód, osiedle")


def test_far_from_addresses_only_the_district_is_named(hall):
    assert words(hall.x, hall.y - 0.006).startswith("osiedle ")


def test_it_takes_one_query(hall, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert find_near(hall)
