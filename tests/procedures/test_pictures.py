"""Pictures of cards: re-encoded by a child, shown with a description, fixed once published."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from owed.children import ChildDied
from pictures.errors import PhotoRefused
from procedures import preparing
from procedures.contents import GivenIllustration, GivenStep, read_contents
from procedures.editing.drafting import begin_procedure, begin_version, save_draft
from procedures.editing.publishing import PicturesNotReady, publish_version, send_to_review
from procedures.editing.review_links import make_review_link, revoke_review_link
from procedures.illustrations import shown_pictures
from procedures.models import Picture, ProcedureVersion
from procedures.picture_files import erase_unused, keep_picture
from procedures.preparing import prepare_due
from procedures.printing import pdf_of
from procedures.public import find_card
from procedures.text import text_of
from regulations.differing import differences_between
from tests.people import person
from tests.pictures import hostile, jpeg, taken_at_city_hall
from tests.procedures.test_states import written
from tests.web.test_printing import figures_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(editor):
    return keep_picture("Wejście.jpg", ContentFile(jpeg((1600, 1200))), by=editor)


def with_picture(picture: Picture, description: str = "Wejście od podwórza."):
    return written(
        steps=(GivenStep("Idź tędy.\n\n![](wejscie)"),),
        illustrations=(GivenIllustration("wejscie", description, picture),),
    )


@pytest.fixture
def draft(editor, picture):
    return begin_procedure(with_picture(picture), by=editor)


def publish(version: ProcedureVersion, editor) -> str:
    send_to_review(version, edits=version.edits, by=editor)
    publish_version(version, edits=version.edits, by=person("danuta", role="editor"))
    return version.procedure.number


def stored() -> set[str]:
    storage = storages["procedures"]
    return {
        f"{folder}/{name}"
        for folder in ("originals", "pictures")
        if storage.exists(folder)
        for name in storage.listdir(folder)[1]
    }


def test_a_picture_is_bounded_and_keeps_no_place(editor):
    before = stored()
    picture = keep_picture("ratusz.jpg", ContentFile(taken_at_city_hall()), by=editor)
    large = keep_picture("duza.jpg", ContentFile(jpeg((3000, 2000))), by=editor)
    assert prepare_due() == 2
    for row in (picture, large):
        row.refresh_from_db()
    image = Image.open(picture.file)
    assert (image.format, dict(image.getexif()), image.info.get("icc_profile")) == (
        "WEBP",
        {},
        None,
    )
    assert (large.width, large.height) == Image.open(large.file).size == (1440, 960)
    # The originals are gone.
    assert stored() - before == {picture.file.name, large.file.name}


def test_the_same_picture_is_kept_once(editor, picture):
    assert keep_picture("Wejście.jpg", ContentFile(jpeg((1600, 1200))), by=editor) == picture


@pytest.mark.parametrize("name", hostile.AT_UPLOAD)
def test_a_hostile_file_is_refused_before_anything_is_kept(editor, name):
    content = hostile.AT_UPLOAD[name][0]()
    with pytest.raises(PhotoRefused):
        keep_picture("x.jpg", ContentFile(content), by=editor)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", hostile.AT_WORKER)
def test_a_file_that_deceives_the_upload_harms_nobody(editor, name):
    picture = Picture.objects.create(name=name, sha256="0", uploaded_by=editor)
    picture.original.save("originals/x", ContentFile(hostile.AT_WORKER[name]()))
    for _attempt in range(3):
        prepare_due()
        Picture.objects.exclude(leased_until=None).update(leased_until=None)
    picture.refresh_from_db()
    assert picture.state != Picture.State.WAITING
    assert bool(picture.refusal) is not picture.is_ready


def test_a_picture_that_ends_its_child_twice_is_given_up(picture, monkeypatch):
    def dies(*_arguments, **_options):
        raise ChildDied("SIGKILL")

    monkeypatch.setattr(preparing, "reencode", dies)
    for _attempt in range(3):
        prepare_due()
        Picture.objects.exclude(leased_until=None).update(leased_until=None)
    picture.refresh_from_db()
    assert (picture.state, picture.attempts) == (Picture.State.REFUSED, 2)
    assert "bezpiecznie" in picture.refusal


def test_a_machine_that_lacks_something_only_puts_a_picture_off(picture, monkeypatch):
    def lacks(*_arguments, **_options):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "reencode", lacks)
        for _attempt in range(4):
            prepare_due()
            Picture.objects.update(leased_until=None)
    prepare_due()
    picture.refresh_from_db()
    assert picture.is_ready


def test_a_card_waits_for_its_pictures_before_its_review(draft, editor):
    with pytest.raises(PicturesNotReady):
        send_to_review(draft, edits=0, by=editor)
    prepare_due()
    send_to_review(draft, edits=0, by=editor)


def test_a_picture_that_is_not_ready_is_not_shown(draft):
    def shown() -> list[str]:
        return list(shown_pictures(read_contents(draft).illustrations, str))

    assert shown() == []
    prepare_due()
    assert shown() == ["wejscie"]


def test_the_card_shows_the_picture_with_its_description(client, draft, editor, picture):
    prepare_due()
    number = publish(draft, editor)
    html = client.get(f"/procedury/{number}/").content.decode()
    assert f'<img src="/procedury/ilustracje/{picture.pk}.webp" alt="Wejście od podwórza."' in html
    answer = client.get(f"/procedury/ilustracje/{picture.pk}.webp")
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(answer.getvalue())).size == (1440, 1080)
    [shown] = client.get(f"/api/v1/procedures/{number}/").json()["pictures"]
    assert (shown["name"], shown["description"]) == ("wejscie", "Wejście od podwórza.")


def test_the_pdf_shows_it_and_reads_it_out(draft, editor):
    prepare_due()
    pdf = PdfReader(BytesIO(pdf_of(find_card(publish(draft, editor)))))
    assert figures_in(pdf.trailer["/Root"]["/StructTreeRoot"]) == ["Wejście od podwórza."]
    assert any(page.images for page in pdf.pages)


def test_a_picture_of_a_draft_is_given_to_editors_only(client, draft, editor, picture):
    prepare_due()
    assert client.get(f"/procedury/ilustracje/{picture.pk}.webp").status_code == 404
    client.force_login(editor)
    answer = client.get(f"/panel/redakcja/ilustracje/{picture.pk}.webp")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_a_link_for_an_opinion_gives_the_pictures_of_its_version(client, draft, editor, picture):
    prepare_due()
    send_to_review(draft, edits=0, by=editor)
    link, key = make_review_link(draft, edits=0, name="mec. Anna", days=7, by=editor)
    html = client.get(f"/opinia/{key}/").content.decode()
    url = f"/opinia/{key}/ilustracje/{picture.pk}.webp"
    assert f'src="{url}"' in html
    assert client.get(url)["Content-Type"] == "image/webp"
    assert client.get(f"/opinia/{key}/ilustracje/{picture.pk + 1}.webp").status_code == 404
    revoke_review_link(link, by=editor)
    assert client.get(url).status_code == 404


def test_what_is_published_never_changes(draft, editor, picture):
    prepare_due()
    publish(draft, editor)
    with pytest.raises(IntegrityError, match="published"):
        draft.illustrations.update(description="Coś innego.")


def test_a_picture_that_is_ready_never_changes(picture):
    prepare_due()
    with pytest.raises(IntegrityError, match="ready"):
        Picture.objects.filter(pk=picture.pk).update(file="pictures/other.webp")


def test_who_closes_the_account_leaves_the_picture(picture):
    prepare_due()
    Picture.objects.filter(pk=picture.pk).update(uploaded_by=None)


def test_the_next_version_has_the_picture_too(draft, editor):
    prepare_due()
    publish(draft, editor)
    following = begin_version(draft.procedure, by=editor)
    assert read_contents(following).illustrations == read_contents(draft).illustrations


def test_another_picture_or_description_is_a_difference(draft, editor, picture):
    other = keep_picture("Wejście.jpg", ContentFile(jpeg((300, 200))), by=editor)
    old = text_of(read_contents(draft))
    for changed in (with_picture(other), with_picture(picture, "Wejście od ulicy.")):
        rows = differences_between(old, text_of(changed))
        assert [row.kind for row in rows if row.number] == ["changed"]
        assert save_draft(draft, changed, edits=draft.edits, by=editor)
        draft.refresh_from_db()


def test_a_picture_that_no_version_names_is_erased_in_the_end(draft, editor, picture):
    before = stored()
    unused = keep_picture("inna.jpg", ContentFile(jpeg((300, 200))), by=editor)
    assert erase_unused() == 0
    Picture.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    assert erase_unused() == 1
    assert stored() == before
    assert not Picture.objects.filter(pk=unused.pk).exists()
