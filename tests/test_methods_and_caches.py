"""What holds at every address of the access matrix: what no proxy keeps, and what takes a press."""

import pytest
from django.urls import reverse

from tests import test_access_matrix
from tests.test_access_matrix import ROWS, log_in

words = test_access_matrix.words


@pytest.mark.parametrize("person", ["anonymous", "resident", "unit_member", "administrator"])
def test_what_is_secret_or_will_change_is_kept_by_no_proxy(person, request, client, words):
    log_in(client, request, person)
    kept = []
    for name, (method, parameters, statuses) in ROWS.items():
        is_secret = statuses["anonymous"] != 200 or {"key", "secret"} & parameters.keys()
        # A QR code of a report's address stays the same.
        is_of_report = name.startswith("reports:") and "reference" in parameters
        is_to_try = is_secret or (is_of_report and name != "reports:qr")
        if is_to_try and method == "get" and statuses[person] == 200:
            kwargs = {key: words.get(word, word) for key, word in parameters.items()}
            answer = client.get(reverse(name, kwargs=kwargs))
            if "private" not in answer.get("Cache-Control", ""):
                kept.append(name)
    assert not kept


def test_what_changes_something_is_done_by_a_press_only(request, client, words):
    got = {}
    for person in ("resident", "administrator"):
        log_in(client, request, person)
        for name, (method, parameters, statuses) in ROWS.items():
            # Django's own view of the language redirects and changes nothing.
            if method == "post" and statuses[person] not in (403, 404) and name != "language":
                kwargs = {key: words.get(word, word) for key, word in parameters.items()}
                got[name] = client.get(reverse(name, kwargs=kwargs)).status_code
    assert {name: status for name, status in got.items() if status != 405} == {}


READ_ONLY = ("regulations:", "catalogue:", "own_reports:", "procedures:")


def test_what_is_only_read_takes_no_press(request, client, words):
    log_in(client, request, "resident")
    got = {}
    for name, (method, parameters, statuses) in ROWS.items():
        is_read_only = name.startswith(
            ("regulations:", "catalogue:", "own_reports:", "procedures:")
        )
        if is_read_only and method == "get" and statuses["resident"] == 200:
            kwargs = {key: words.get(word, word) for key, word in parameters.items()}
            got[name] = client.post(reverse(name, kwargs=kwargs)).status_code
    assert got
    assert set(got.values()) == {405}
