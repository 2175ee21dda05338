"""Whatever a program sends to the API, the answer is one that the schema promises."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis.strategies import data, sampled_from
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.v1.uploads import PartParser
from tests.depth import examples

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer(PartParser.media_type)
def as_it_is(_context, value):
    return value if isinstance(value, bytes) else str(value).encode()


OPERATIONS = [
    ("GET", "/api/v1/reports/"),
    ("POST", "/api/v1/reports/"),
    ("GET", "/api/v1/reports/{reference}/"),
    ("POST", "/api/v1/reports/{reference}/follow/"),
    ("GET", "/api/v1/similar/"),
    ("POST", "/api/v1/photos/"),
    ("POST", "/api/v1/uploads/"),
    ("PATCH", "/api/v1/uploads/{id}/"),
    ("GET", "/api/v1/locate/"),
    ("POST", "/api/v1/locate/"),
    ("GET", "/api/v1/categories/"),
    ("GET", "/api/v1/districts/"),
    ("GET", "/api/v1/districts/tiles.json"),
    ("GET", "/api/v1/districts/tiles/{z}/{x}/{y}.mvt"),
    ("GET", "/api/v1/addresses/"),
    ("GET", "/api/v1/procedures/"),
    ("GET", "/api/v1/procedures/{number}/"),
]


@pytest.fixture
def api_schema(committed, settings):
    settings.RATE_LIMITS_ENABLED = False
    return schemathesis.openapi.from_wsgi("/api/schema/?format=json", app=get_wsgi_application())


def test_every_operation_is_tried(api_schema):
    known = {
        (operation.ok().method.upper(), operation.ok().path)
        for operation in api_schema.get_all_operations()
    }
    assert known == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_that_is_sent_breaks_the_api(api_schema, method, path):
    operation = api_schema[path][method]

    @given(data())
    @hypothesis_settings(
        max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck)
    )
    def attack(data):
        mode = data.draw(sampled_from(list(GenerationMode)))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    attack()
