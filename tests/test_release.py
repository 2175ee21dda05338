"""A database with data is taken from the release before to this one: nothing is lost, and the
portal works on it.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.identity import email_key, username_key
from accounts.models import ConsentEntry, Role, User
from outbox.models import Letter
from reports.handling.status import change_status
from reports.letters.consents import withdraw_consent
from reports.models import Contact, Photo, Report, Status
from reports.models.report import FINAL
from reports.photos.processing import process_due
from reports.public import find_public
from reports.references import new_reference
from reports.second_thoughts.verdicts import give_verdict
from tests.factories import CITY_HALL, POTHOLE, send_to_units, submitted
from tests.pictures import jpeg
from tests.scratch import scratch_portal
from tests.template import template_database
from tests.test_migrations import OURS

# The last migration of each app in the release before. An app that is not here was not there.
BEFORE = {
    "accounts": "0006_address_changes",
    "catalogue": "0001_initial",
    "districts": "0010_streets",
    "outbox": "0002_forgotten_letters",
    "own_reports": "0001_initial",
    "regulations": "0003_annex_and_cookies",
    "reports": "0002_history_is_appended",
    "units": "0001_initial",
}
# Uploads under way are forgotten on purpose, and ``prepare`` reads the gazetteer anew.
RENEWED = {"reports_upload", "districts_address", "districts_street"}
ADDRESS = "maria@example.org"
# Of the same mailbox, which only this release knows.
OTHER_SPELLING = "ｍａｒｉａ@example.org"


@pytest.fixture
def old(django_db_setup, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """A database of the release before with the reference data, as the portal's own."""
    with django_db_blocker.unblock(), scratch_portal(template_database()) as scratch:
        executor = MigrationExecutor(scratch)
        ours = sorted(OURS & executor.loader.migrated_apps)
        executor.migrate([(app, BEFORE.get(app)) for app in ours])
        yield scratch


def old_models(connection: BaseDatabaseWrapper):
    """The models as they were: of our apps ``BEFORE``, of the libraries as now."""
    loader = MigrationExecutor(connection).loader
    libraries = [node for node in loader.graph.leaf_nodes() if node[0] not in OURS]
    return loader.project_state([*BEFORE.items(), *libraries]).apps


def rows(connection: BaseDatabaseWrapper) -> dict[str, list[dict]]:
    """Every row of every table of ours, but for those that are made anew."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        ours = [table for table in tables if table.startswith(tuple(f"{app}_" for app in OURS))]
        found = {}
        for table in set(ours) - RENEWED:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t")
            found[table] = [json.loads(row) if isinstance(row, str) else row for [row] in cursor]
        return found


class OldPortal:
    """Fills a database of the release before, by its own models."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.apps = old_models(connection)
        self.now = timezone.now()
        self.numbers = count()
        # The migrations know no manager of Version.
        versions = self.model("regulations.Version").filter(published_at__isnull=False)
        self.rules = versions.filter(kind="rules").latest("in_force_from")
        self.clause = versions.filter(kind="clause").latest("in_force_from")
        self.unit = self.model("units.Unit").get(code="zdit")
        self.category = self.model("catalogue.Category").get(code=POTHOLE)
        self.district = self.model("districts.District").get(code="katedralna")

    def model(self, name: str):
        return self.apps.get_model(name).objects

    def person(self, name: str, **values):
        user = self.model("accounts.User").create(
            username=name,
            email=f"{name}@example.org",
            username_key=username_key(name),
            email_key=email_key(f"{name}@example.org"),
            password="!",
            **values,
        )
        self.model("account.EmailAddress").create(
            user=user, email=user.email, verified=True, primary=True
        )
        return user

    def consent(self, email: str, purpose: str, version, act: str = "given", reference: str = ""):
        self.model("accounts.ConsentEntry").create(
            purpose=purpose,
            act=act,
            version=version,
            subject_hash=ConsentEntry.hash_of(email),
            subject_reference=reference,
            how="form",
        )

    def report(self, status: str, *, by, owner=None, emails=()):
        """A report in ``status`` with its history, assignment, dispatch and contacts."""
        at = self.now - timedelta(days=3, minutes=next(self.numbers))
        report = self.model("reports.Report").create(
            reference=new_reference(),
            submission_id=uuid4(),
            category=self.category,
            description=f"Dziura w jezdni, {status}.",
            location=CITY_HALL,
            district=self.district,
            metres_to_border=100,
            unit=self.unit,
            owner=owner,
            status=status,
            created_at=at,
            updated_at=at,
            version=2,
        )
        for step in dict.fromkeys(["received", status]):
            self.model("reports.StatusChange").create(
                report=report,
                status=step,
                at=at,
                by=by if step in FINAL else None,
                unit=self.unit,
                note="Naprawione." if step in FINAL else "",
            )
        assignment = self.model("reports.Assignment").create(
            report=report,
            unit=self.unit,
            mode="automatic",
            district=self.district,
            edition_id=self.district.edition_id,
            at=at,
        )
        self.model("reports.Dispatch").create(
            report=report,
            assignment=assignment,
            unit=self.unit,
            channel=self.unit.channel,
            state="owed" if status == "received" else "done",
            next_attempt_at=at,
        )
        for email in emails:
            self.model("reports.Contact").create(report=report, email=email, secret=uuid4().hex)
            self.consent(email, "report_letters", self.clause, reference=report.reference)
        return report

    def photo(self, report, **values):
        return self.model("reports.Photo").create(report=report, **values)

    def fill(self) -> SimpleNamespace:
        staff = self.person("zenon")
        self.model("units.Membership").create(user=staff, unit=self.unit)
        operator = self.person("olga")
        operator.groups.add(self.model("auth.Group").get(name=Role.OPERATOR))
        maria = self.person("maria", rules_accepted=self.rules, notices="daily")
        for purpose, version in (("account", self.clause), ("rules", self.rules)):
            self.consent(ADDRESS, purpose, version)
        self.consent(ADDRESS, "newsletter", self.clause, act="withdrawn")
        self.model("accounts.AddressChange").create(user=maria, at=self.now)
        self.model("own_reports.Visit").create(user=maria, at=self.now)
        self.model("accounts.AuditEntry").create(
            actor=staff, action="status_changed", target_type="reports.report", target_id="1"
        )
        reports = {
            status: self.report(status, by=staff, owner=maria, emails=[ADDRESS, OTHER_SPELLING])
            for status in Status.values
        }
        resolved, received = reports["resolved"], reports["received"]
        self.model("reports.Remark").create(report=resolved, text="Dziękuję.")
        self.model("reports.Verdict").create(report=resolved, is_fixed=False, at=self.now)
        self.model("reports.Follow").create(report=resolved, follower="f" * 64)
        self.model("reports.GuardRaise").create(by=operator, until=self.now - timedelta(days=1))
        original = storages["photos"].save("original/aa/release", ContentFile(jpeg()))
        self.photo(received, state="waiting", original=original)
        self.photo(resolved, state="ready", large="large/aa/a", small="small/aa/a", is_public=True)
        self.photo(resolved, state="refused", refusal="To nie jest zdjęcie.", position=1)
        self.model("reports.Upload").create(length=10, received=5)
        for state in Letter.State.values:
            self.model("outbox.Letter").create(
                key=f"old-{state}",
                sender="portal@example.org",
                recipients=[ADDRESS],
                subject="Zgłoszenie",
                raw=b"Subject: x\r\n\r\nx\r\n",
                state=state,
                next_attempt_at=self.now,
            )
        return SimpleNamespace(
            **{status: report.reference for status, report in reports.items()},
            staff=staff.pk,
            maria=maria.pk,
        )


def lost(before: dict[str, list[dict]], after: dict[str, list[dict]]) -> list[str]:
    """What stood in a column that exists still, and stands there no more."""
    missing = []
    for table, stood in before.items():
        stands = {str(row.get("id", row)): row for row in after.get(table, [])}
        for row in stood:
            now = stands.get(str(row.get("id", row)), {})
            if table == "reports_contact" and row["email"] == OTHER_SPELLING and not now:
                continue
            changed = {name for name in row if name in now and now[name] != row[name]}
            if table == "districts_district" and now.get("code") == "nr-33":
                changed -= {"name"}
            if not now or changed:
                missing.append(f"{table} {row.get('id')}: {sorted(changed) or 'gone'}")
    return missing


def test_a_database_with_data_comes_from_the_release_before(old, client):
    known = OldPortal(old).fill()
    before = rows(old)
    written = {table for table in before if before[table]}
    assert {"accounts_user", "accounts_consententry", "outbox_letter", "reports_photo"} <= written

    call_command("prepare", verbosity=0)

    assert lost(before, rows(old)) == []
    executor = MigrationExecutor(old)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    # One mailbox hears once about a report, and has a key that all its spellings share.
    contacts = Contact.objects.of_mailbox(OTHER_SPELLING)
    assert {contact.report.reference for contact in contacts} == {
        getattr(known, status) for status in Status.values
    }
    assert contacts.count() == len(Status.values)
    assert set(Contact.objects.hearing()) == set(contacts)

    check_what_the_public_sees(client, known)
    check_acts(known)
    check_second_thoughts(known)
    check_the_owners_list(client, known)


def check_what_the_public_sees(client, known: SimpleNamespace) -> None:
    for status in Status.values:
        page = client.get(f"/status/{getattr(known, status)}/")
        assert page.status_code == 200
        assert str(Status(status).label) in page.content.decode()
    shown = find_public(known.resolved)
    assert (len(shown.photos), shown.followers, shown.district.code) == (1, 1, "katedralna")


def check_acts(known: SimpleNamespace) -> None:
    """Sending, dispatching, answering: on an old report and on a new one."""
    staff = User.objects.get(pk=known.staff)
    new = submitted()
    assert send_to_units() == 2
    for report in (Report.objects.get(reference=known.received), new):
        report.refresh_from_db()
        assert report.status == Status.FORWARDED
        change_status(report, Status.RESOLVED, by=staff, note="Załatane.")
        assert list(report.changes.values_list("status", flat=True))[-1] == Status.RESOLVED
    assert process_due() == 1
    photo = Photo.objects.get(report__reference=known.received)
    assert photo.state == Photo.State.READY
    assert not photo.original


def check_second_thoughts(known: SimpleNamespace) -> None:
    rejected = Report.objects.get(reference=known.rejected)
    contact = rejected.contacts.get()
    withdraw_consent(contact, how="link")
    assert not rejected.contacts.exists()
    resolved = Report.objects.get(reference=known.received)
    give_verdict(resolved, is_fixed=False)
    resolved.refresh_from_db()
    assert not resolved.is_final


def check_the_owners_list(client, known: SimpleNamespace) -> None:
    maria = User.objects.get(pk=known.maria)
    client.force_login(maria)
    listed = client.get("/konto/zgloszenia/").content.decode()
    assert [s for s in Status.values if getattr(known, s) not in listed] == []
