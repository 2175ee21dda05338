"""Every index of the tables that a new report is written to has a reader; each costs a write."""

import pytest
from django.db import connection

# Table and columns → who reads by it; "in part": an index of some rows only.
READERS = {
    "report (id)": "every join",
    "report (reference)": "ReportQuerySet.find",
    "report (submission_id)": "intake/submission.py: a repeat",
    "report (category_id)": "categories that are to be deleted; intake/similar.py",
    "report (district_id)": "districts that are to be deleted",
    "report (location)": "public.py: a box of a map or of the API; intake/similar.py",
    "report (location) in part": "panel/queue: open reports around a point; intake/similar.py",
    "report (rounded_location) in part": "public.py: a box of a map or of the API",
    "report (owner_id, created_at DESC) in part": "own_reports/selection.py",
    "report (duplicate_of_id) in part": "panel/report: what repeats it; deleting a report",
    "report (assignee_id, expected_by, id) in part": "ReportQuerySet.assigned_to; deleting people",
    "report (expected_by, created_at, id) in part": "panel/queue: open reports by any filter",
    "report (unit_id, created_at DESC, id DESC)": "panel/queue: all reports of a unit",
    "report (created_at DESC, id DESC)": "api/v1/reports.py; panel/queue: the newest by any filter",
    "report (reports_words(description, (address)": "ReportQuerySet.containing",
    "report (updated_at DESC, id DESC) in part": "pages/home.py: what changed lately",
    "statuschange (id)": "reports/models/digest.py",
    "statuschange (report_id)": "the history of a report",
    "statuschange (by_id)": "accounts/closing.py: who is named anywhere",
    "assignment (id)": "dispatch → assignment",
    "assignment (report_id)": "api/v1/present.py: the first receipt; own_reports/timeline.py",
    "assignment (at DESC) in part": "reports/handling/misroutes.py: hand-overs of the last year",
    "assignment (activation_id) in part": "reports/handling/returning.py",
    "assignment (by_id)": "accounts/closing.py: who is named anywhere",
    "dispatch (id)": "dispatch/dispatching.py",
    "dispatch (report_id)": "assigning.supersede_dispatches",
    "dispatch (report_id) in part": "panel/queue: failed sendings",
    "dispatch (assignment_id)": "deleting an assignment",
    "dispatch (next_attempt_at) in part": "dispatch/dispatching.py: what is due",
}


@pytest.mark.django_db
def test_every_index_names_its_reader():
    tables = sorted({name.split()[0] for name in READERS})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE tablename = ANY(%s)",
            [[f"reports_{table}" for table in tables]],
        )
        rows = cursor.fetchall()
    found = [f"{table.removeprefix('reports_')} {_columns(text)}" for table, text in rows]
    assert sorted(found) == sorted(READERS)


def _columns(definition: str) -> str:
    columns = "(" + definition.split("(", 1)[1].partition(")")[0] + ")"
    return columns + " in part" * (" WHERE " in definition)
