"""Photos of the demo's reports: drawn, encoded as uploads are, stored, cleared by staff."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

from PIL import Image

from reports.models import Photo, Status
from reports.photos.encoding import SMALL, as_webp

from .making import SEED, Made, demo_id
from .pictures import draw_scene

_WITH_PHOTO = 64
# Two threads: drawing and encoding let go of the interpreter for most of their time.
_THREADS = 2


def make_photos(made: list[Made]) -> list[Photo]:
    """Draw and store photos of some of the reports (saved already), and write their rows."""
    wanted = [photo for place, one in enumerate(_pictured(made)) for photo in _of_one(place, one)]
    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(lambda pair: _store(*pair), wanted))
    photos = [photo for photo, _scene in wanted]
    uploaded = {photo.pk: photo.uploaded_at for photo in photos}
    Photo.objects.bulk_create(photos)
    for photo in photos:
        photo.uploaded_at = uploaded[photo.pk]
    Photo.objects.bulk_update(photos, ["uploaded_at"])
    return photos


def _pictured(made: list[Made]) -> list[Made]:
    """Reports with a scene: every second of the newest, so that lists show some."""
    with_scene = [one for one in made if one.matter.scene]
    return with_scene[:: max(len(with_scene) // _WITH_PHOTO, 1)][:_WITH_PHOTO]


def _of_one(place: int, one: Made) -> list[tuple[Photo, str | None]]:
    """The sender's photo and, after the work on some, that of the result."""
    sent = _photo(one, f"sender {place}", Photo.Kind.SENDER, is_public=place % 6 != 5)
    if one.report.status != Status.RESOLVED or place % 3 == 2:
        return [(sent, one.matter.scene)]
    result = _photo(one, f"result {place}", Photo.Kind.RESULT, is_public=True)
    last = one.story.steps[-1]
    result.uploaded_at, result.uploaded_by = last.at, last.by
    return [(sent, one.matter.scene), (result, one.matter.scene)]


def _photo(one: Made, name: str, kind: str, *, is_public: bool) -> Photo:
    is_public = is_public and one.report.status != Status.RECEIVED
    return Photo(
        id=demo_id(f"photo {name}"),
        report=one.report,
        kind=kind,
        state=Photo.State.READY,
        is_public=is_public and not one.report.is_hidden,
        uploaded_at=one.report.created_at,
    )


def _store(photo: Photo, scene: str) -> None:
    """Before and after share a seed, so that they show the same place."""
    rng = Random(f"{SEED} {photo.report and photo.report.submission_id}")  # noqa: S311 - the same everywhere
    large = draw_scene(scene, rng, mended=photo.kind == Photo.Kind.RESULT)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.BICUBIC)
    name = f"{photo.id.hex[:2]}/{photo.id.hex}.webp"
    photo.large.name = _written(photo.large.storage, f"large/{name}", large)
    photo.small.name = _written(photo.small.storage, f"small/{name}", small)
    photo.width, photo.height = large.size


def _written(storage, name: str, image: Image.Image) -> str:
    storage.delete(name)
    return storage.save(name, as_webp(image))
