"""Celery. A task is only a nudge: what is owed is a row, and beat regularly looks for such rows."""

from celery.schedules import crontab

from .data import REDIS_URL
from .env import env

# How long a claimed row belongs to the worker that claimed it. If the worker was killed, another
# one may then claim the row.
LEASE_SECONDS = env.int("LEASE_SECONDS", 120)
# How often beat looks for what is owed, in case a nudge was lost.
SWEEP_SECONDS = env.int("SWEEP_SECONDS", 60)

# What the child that decodes one photo may take: megabytes of memory, seconds of processor time,
# seconds in all.
PHOTO_CHILD_LIMITS = {
    "memory": env.int("PHOTO_MEMORY_MB", 2048) * 1024**2,
    "cpu": env.int("PHOTO_CPU_SECONDS", 30),
    "wall": env.int("PHOTO_SECONDS", 120),
    # The largest file that it may write, in bytes. Ours have less than two megabytes.
    "file": 32 * 1024**2,
}

# The same for the child that opens one file of boundaries.
EDITION_CHILD_LIMITS = {
    "memory": env.int("EDITION_MEMORY_MB", 2048) * 1024**2,
    "cpu": env.int("EDITION_CPU_SECONDS", 60),
    "wall": env.int("EDITION_SECONDS", 120),
    # What a Shapefile has once it is unpacked.
    "file": 300 * 1024**2,
}

# Addresses of this machine (address, port) that may be asked though they are not public: for tests.
OUTSIDE_ALSO: frozenset[tuple[str, int]] = frozenset()

CELERY_BROKER_URL = REDIS_URL
# What others sent is opened, and what is large is made, by workers with a Celery queue of their
# own, so that dispatch and letters never wait for a picture or a table.
CELERY_TASK_ROUTES = {
    "reports.process_photos": {"queue": "photos"},
    "districts.open_uploads": {"queue": "photos"},
    "procedures.prepare_pictures": {"queue": "photos"},
    "panel.make_workbooks": {"queue": "photos"},
}
# Seconds. After the first the task gets an error, after the second its process is killed; the rows
# that it had claimed are free when their lease ends. Both come before the broker would hand the
# task to somebody else (visibility_timeout).
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 540, 570
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Warsaw"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "visibility_timeout": 600,
}
CELERY_BEAT_SCHEDULE = {
    "dispatch-due": {"task": "reports.dispatch_due", "schedule": SWEEP_SECONDS},
    "reroutings-due": {"task": "reports.reroute_due", "schedule": SWEEP_SECONDS},
    "bulk-acts-due": {"task": "panel.do_bulk_acts", "schedule": SWEEP_SECONDS},
    "workbooks-due": {"task": "panel.make_workbooks", "schedule": SWEEP_SECONDS},
    "erase-workbooks": {"task": "panel.erase_workbooks", "schedule": crontab(minute=35)},
    "erase-bulk-acts": {"task": "panel.erase_bulk_acts", "schedule": crontab(hour=3, minute=40)},
    "photos-due": {"task": "reports.process_photos", "schedule": SWEEP_SECONDS},
    "checks-due": {"task": "districts.check_editions", "schedule": SWEEP_SECONDS},
    "uploads-due": {"task": "districts.open_uploads", "schedule": SWEEP_SECONDS},
    "pictures-of-cards": {"task": "procedures.prepare_pictures", "schedule": SWEEP_SECONDS},
    "cards-to-index": {"task": "procedures.index_missing", "schedule": SWEEP_SECONDS},
    "index-cards": {"task": "procedures.index_all", "schedule": crontab(hour=2, minute=20)},
    "erase-words-of-readers": {
        "task": "procedures.erase_old",
        "schedule": crontab(hour=3, minute=20),
    },
    "letters-due": {"task": "outbox.send_due", "schedule": SWEEP_SECONDS},
    "rules-due": {"task": "accounts.tell_of_rules", "schedule": SWEEP_SECONDS},
    "remind-of-rules": {"task": "accounts.remind_of_rules", "schedule": crontab(hour=9, minute=0)},
    "digests": {"task": "reports.send_digests", "schedule": crontab(hour=17, minute=0)},
    # Several times, because a worker may be killed; no unit gets two letters a day.
    "work-lists": {
        "task": "reports.owe_work_lists",
        "schedule": crontab(hour="6-7", minute="30,40,50"),
    },
    "replies-to-fetch": {"task": "mailroom.fetch_replies", "schedule": SWEEP_SECONDS},
    "replies-to-take": {"task": "mailroom.take_replies", "schedule": SWEEP_SECONDS},
    "erase-replies": {"task": "mailroom.erase_old", "schedule": crontab(hour=3, minute=35)},
    "questions-to-chase": {
        "task": "reports.chase_questions",
        "schedule": crontab(hour="8-18", minute=5),
    },
    "map-to-fold": {"task": "maps.fold_due", "schedule": SWEEP_SECONDS},
    "repair-map": {"task": "maps.repair_summary", "schedule": crontab(hour=4, minute=10)},
    "tallies-to-fold": {"task": "reports.fold_tallies", "schedule": SWEEP_SECONDS},
    "repair-tallies": {"task": "reports.repair_tallies", "schedule": crontab(hour=4, minute=20)},
    "changes-to-match": {"task": "maps.match_changes", "schedule": SWEEP_SECONDS},
    # Several times, because a worker may be killed; nobody gets two letters a day.
    "digests-of-places": {
        "task": "maps.send_digests",
        "schedule": crontab(hour="17-20", minute="*/10"),
    },
    "erase-watches": {"task": "maps.erase_watches", "schedule": crontab(hour=3, minute=15)},
    "category-uses": {
        "task": "reports.count_category_uses",
        "schedule": crontab(hour=2, minute=50),
    },
    "erase-unconfirmed": {"task": "accounts.erase_unconfirmed", "schedule": crontab(minute=40)},
    "erase-contacts": {"task": "reports.erase_contacts", "schedule": crontab(hour=3, minute=10)},
    "erase-inquiries": {"task": "pages.erase_inquiries", "schedule": crontab(hour=3, minute=20)},
    "erase-photos": {"task": "reports.erase_unattached_photos", "schedule": crontab(minute=20)},
    "erase-uploads": {"task": "districts.erase_old_uploads", "schedule": crontab(minute=25)},
    "collect-links": {"task": "procedures.collect_links", "schedule": crontab(hour=1, minute=30)},
    "links-due": {"task": "procedures.check_links", "schedule": crontab(minute="*/10")},
    "remind-of-reviews": {
        "task": "procedures.remind_of_reviews",
        "schedule": crontab(hour=7, minute=30),
    },
    "tell-editors": {
        "task": "procedures.tell_editors",
        "schedule": crontab(hour=8, minute=0, day_of_week="mon"),
    },
    "erase-letters": {"task": "outbox.erase_old", "schedule": crontab(hour=3, minute=30)},
}
