"""Writes the rows of a new report by one statement.

A report, its first step, its assignment and its dispatch belong together. One after another they
cost six journeys to the database, which were most of the time that accepting a report took.
"""

from collections.abc import Mapping
from functools import cache
from typing import cast

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

from reports.models import Assignment, Dispatch, Report, StatusChange


def write_new_report(
    report: Report, step: StatusChange, assignment: Assignment, dispatch: Dispatch
) -> bool:
    """Insert the four unsaved rows, which refer to each other, and set their keys. False, and
    nothing is written, if a report has the same ``submission_id`` or ``reference`` already. A
    statement that failed would stand, with all that was typed, in the log of the database.
    """
    # ``django.db.connection`` looks for the thread's own at each use; here are hundreds.
    connection = connections["default"]
    of_report = {"report_id": "report.id"}
    parts = [
        _insert(connection, report, {}),
        _insert(connection, step, of_report),
        _insert(connection, assignment, of_report),
        _insert(connection, dispatch, of_report | {"assignment_id": "assignment.id"}),
    ]
    new_report, new_step, new_assignment, new_dispatch = (sql for sql, _values in parts)
    # Only names of tables and columns of the models are put together here; values are parameters.
    statement = (
        f"WITH report AS ({new_report} ON CONFLICT DO NOTHING RETURNING id),"  # noqa: S608
        f" step AS ({new_step} FROM report RETURNING id),"
        f" assignment AS ({new_assignment} FROM report RETURNING id),"
        f" dispatch AS ({new_dispatch} FROM report, assignment RETURNING id)"
        " SELECT report.id, step.id, assignment.id, dispatch.id"
        " FROM report, step, assignment, dispatch"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _sql, values in parts for value in values])
        keys = cursor.fetchone()
    if keys is None:
        return False
    for row, key in zip((report, step, assignment, dispatch), keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, connection.alias
    step.report = assignment.report = dispatch.report = report
    dispatch.assignment = assignment
    return True


def _insert(
    connection: BaseDatabaseWrapper, row: Model, references: Mapping[str, str]
) -> tuple[str, list]:
    """``INSERT … SELECT`` of an unsaved row and its values; ``references``: columns that come from
    the other parts of the statement.

    A column that stays empty is not named: psycopg keeps a statement that it has understood only if
    it has at most fifty values.
    """
    columns, places, values = [], [], []
    for field, column in _named_columns(type(row)):
        if column in references:
            columns.append(column)
            places.append(references[column])
            continue
        value = field.pre_save(row, add=True)
        if value is None:
            continue
        value = field.get_db_prep_save(value, connection)
        # Geometries come inside a function that says their kind and CRS.
        placeholder = getattr(field, "get_placeholder", None)
        columns.append(column)
        places.append(placeholder(value, None, connection) if placeholder else "%s")
        values.append(value)
    table = row._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(places)}", values


@cache
def _named_columns(model: type[Model]) -> list[tuple[Field, str]]:
    """The fields of ``model``, without its key, and their columns, whose names need no quoting."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [(field, cast("str", field.column)) for field in fields]
