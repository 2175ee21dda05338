"""The schema names every refusal that any operation may give."""

from web import bounds
from web.errors import PortalError


def test_what_is_refused_before_a_view_runs_is_in_the_schema(client, db):
    refusals = {
        str(error.status)
        for error in vars(bounds).values()
        if isinstance(error, type) and issubclass(error, PortalError)
    }
    assert refusals > {"413", "414", "431"}
    paths = client.get("/api/schema/?format=json").json()["paths"]
    for path in paths.values():
        for operation in path.values():
            assert refusals <= operation["responses"].keys()
