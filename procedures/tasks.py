"""What the worker does for the knowledge base by itself."""

from celery import shared_task
from django.utils import timezone

from owed.nudging import allow_next_nudge

from .editing.dead_links import check_due_links, collect_links
from .editing.letters import remind_of_reviews, tell_editors
from .feedback import erase_sentences
from .picture_files import erase_unused
from .preparing import prepare_due
from .search.indexing import index_all, index_missing
from .search.missed import erase_missed


@shared_task(name="procedures.collect_links")
def collect() -> None:
    collect_links()


@shared_task(name="procedures.check_links")
def check() -> None:
    check_due_links()


@shared_task(name="procedures.remind_of_reviews")
def remind() -> None:
    remind_of_reviews(timezone.localdate())


@shared_task(name="procedures.tell_editors")
def tell() -> None:
    tell_editors(timezone.localdate())


@shared_task(name="procedures.index_missing")
def index_due() -> None:
    allow_next_nudge(index_due.name)
    index_missing()


@shared_task(name="procedures.index_all")
def index_everything() -> None:
    index_all()


# A turn begins no picture after two minutes, and one takes at most PHOTO_SECONDS.
@shared_task(name="procedures.prepare_pictures", soft_time_limit=300, time_limit=330)
def prepare_pictures() -> None:
    allow_next_nudge(prepare_pictures.name)
    prepare_due()


@shared_task(name="procedures.erase_old")
def erase_old() -> None:
    erase_unused()
    erase_sentences()
    erase_missed()
