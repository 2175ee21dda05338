"""Makes photos of the demo's reports: drawn, encoded like uploads, stored, cleared by staff."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

from django.core.files.base import ContentFile
from PIL import Image

from pictures.decoding.encoding import SMALL, as_webp
from reports.models import Photo, Status

from .making import SEED, MadeReport, demo_id
from .pictures import draw_scene

# How many reports get a photo.
_WITH_PHOTO = 64
# More than one thread helps: drawing and encoding mostly run outside the interpreter's lock.
_THREADS = 2


def make_photos(made: list[MadeReport]) -> list[Photo]:
    """Draw and store photos of some of the reports (saved already), and write their rows."""
    # Spread evenly over all reports with a scene, so that lists show some.
    with_scene = [one for one in made if one.matter.scene]
    chosen = with_scene[:: max(len(with_scene) // _WITH_PHOTO, 1)][:_WITH_PHOTO]
    wanted = [pair for place, one in enumerate(chosen) for pair in _new_photos(place, one)]
    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(lambda pair: _store_picture(*pair), wanted))
    photos = [photo for photo, _scene in wanted]
    # The column fills itself with the present moment when the row is created.
    uploaded = {photo.pk: photo.uploaded_at for photo in photos}
    Photo.objects.bulk_create(photos)
    for photo in photos:
        photo.uploaded_at = uploaded[photo.pk]
    Photo.objects.bulk_update(photos, ["uploaded_at"])
    return photos


def _new_photos(place: int, one: MadeReport) -> list[tuple[Photo, str | None]]:
    """The sender's photo and, for some reports that were resolved, one of the result."""
    sent = _new_photo(one, f"sender {place}", Photo.Kind.SENDER, is_public=place % 6 != 5)
    if one.report.status != Status.RESOLVED or place % 3 == 2:
        return [(sent, one.matter.scene)]
    result = _new_photo(one, f"result {place}", Photo.Kind.RESULT, is_public=True)
    last = one.story.steps[-1]
    result.uploaded_at, result.uploaded_by = last.at, last.by
    return [(sent, one.matter.scene), (result, one.matter.scene)]


def _new_photo(one: MadeReport, name: str, kind: str, *, is_public: bool) -> Photo:
    is_public = is_public and one.report.status != Status.RECEIVED
    return Photo(
        id=demo_id(f"photo {name}"),
        report=one.report,
        kind=kind,
        state=Photo.State.READY,
        is_public=is_public and not one.report.is_hidden,
        uploaded_at=one.report.created_at,
    )


def _store_picture(photo: Photo, scene: str) -> None:
    """Draw the picture of ``photo`` and store it in both sizes.

    The photos before and after the work share a seed, so that they show the same place.
    """
    rng = Random(f"{SEED} {photo.report and photo.report.submission_id}")  # noqa: S311 - the same everywhere
    large = draw_scene(scene, rng, mended=photo.kind == Photo.Kind.RESULT)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.BICUBIC)
    for size, image in (("large", large), ("small", small)):
        file = getattr(photo, size)
        name = f"{size}/{photo.id.hex[:2]}/{photo.id.hex}.webp"
        file.storage.delete(name)
        file.name = file.storage.save(name, ContentFile(as_webp(image)))
    photo.width, photo.height = large.size
