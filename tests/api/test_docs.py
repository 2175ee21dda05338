"""The documentation says all that the schema says, in the portal's frame."""

import pytest
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from api.docs import Field, read_docs

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_every_operation_of_the_schema_stands_on_the_page(client, schema):
    shown = client.get(reverse("api:docs")).text
    for path, methods in schema["paths"].items():
        for method in methods:
            assert f"<b>{method.upper()}</b> {path}</h2>" in shown


def test_the_page_stands_in_the_frame_of_the_portal(client):
    shown = client.get(reverse("api:docs")).text
    assert 'class="site-header"' in shown
    assert "swagger" not in shown


def test_an_operation_is_shown_with_what_it_takes_and_answers(schema):
    (create,) = [one for one in read_docs(schema).operations if one.name == "reports_create"]
    assert (create.method, create.media) == ("POST", "application/json")
    fields = {field.name: field for field in create.body}
    given = fields["submission_id"]
    assert (given.kind, given.is_required) == ("uuid", True)
    assert given.words.startswith("UUID nadany przez nadawcę")
    assert not fields["email"].is_required
    answers = {answer.status: answer for answer in create.answers}
    kinds = {field.name: field.kind for field in answers["201"].fields}
    assert kinds["district"] == "{code, name, borough}"
    assert kinds["expected_by"] == "date"


def test_what_any_operation_may_refuse_is_said_once(schema):
    docs = read_docs(schema)
    common = {answer.status for answer in docs.refusals}
    assert {"413", "429", "503"} <= common
    assert not any(common & {one.status for one in row.answers} for row in docs.operations)


def test_nested_shapes_are_read_through_their_names():
    schema = {
        "components": {
            "schemas": {
                "Named": {"type": "object", "properties": {"code": {"type": "string"}}},
                "Row": {
                    "type": "object",
                    "required": ["units"],
                    "properties": {
                        "units": {"type": "array", "items": {"$ref": "#/components/schemas/Named"}},
                        "mode": {"enum": ["automatic", "operator", None]},
                        "unit": {"allOf": [{"$ref": "#/components/schemas/Named"}]},
                    },
                },
            }
        },
        "paths": {
            "/x/": {
                "get": {
                    "operationId": "x",
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/Row"}}
                            },
                        }
                    },
                }
            }
        },
    }
    (answer,) = read_docs(schema).refusals
    assert answer.fields == [
        Field("units", "[{code}]", is_required=True),
        Field("mode", "automatic | operator", is_required=False),
        Field("unit", "{code}", is_required=False),
    ]
