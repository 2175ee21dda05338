"""Database, cache and files."""

from datetime import timedelta

from environs import validate

from .env import VAR_DIR, env

DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 11)
# Threads of a web process (see ``web.one_hop``). Together they are one less than the connections of
# the pool, so that no request waits for one; the last looks for what arrives in open lists.
WEB_RESERVE = 2
WEB_THREADS = DATABASE_POOL_SIZE - WEB_RESERVE - 1

DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", "postgis://portal@localhost:5432/portal"),
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        # Each process has a pool. A connection is checked before it is used, so that nobody meets
        # an error after the database was restarted.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": DATABASE_POOL_SIZE,
                "timeout": 5,
                # The pool gives up reconnecting after this many seconds. The next request then
                # tries at once and does not wait for the end of a pause.
                "reconnect_timeout": 5,
            },
        },
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", "test_portal")},
    }
}

# This cache is in the database, shared by all processes, because it counts failed log-ins.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "geo_portal_cache",
        "KEY_FUNCTION": "web.cache_keys.hashed_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # For values that each process may compute for itself.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")

PHOTO_DIR = env.path("PHOTO_DIR", VAR_DIR / "photos")
# Files of boundaries on their way into a draft.
EDITION_UPLOAD_DIR = env.path("EDITION_UPLOAD_DIR", VAR_DIR / "boundaries")
PROCEDURE_DIR = env.path("PROCEDURE_DIR", VAR_DIR / "procedures")
# Lists as XLSX files, until they are erased.
WORKBOOK_DIR = env.path("WORKBOOK_DIR", VAR_DIR / "workbooks")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(PHOTO_DIR),
            "base_url": None,
            # Originals hold the place where they were taken: for the portal's own user only.
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "boundaries": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(EDITION_UPLOAD_DIR),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    # Templates and pictures of the knowledge base, given out by a view of ours.
    "procedures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(PROCEDURE_DIR),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "workbooks": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(WORKBOOK_DIR),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# No file is stored through this setting; uploads go to the private photo storage.
MEDIA_ROOT = str(PHOTO_DIR)

# How many days a unit has to answer a second call ("still broken").
SECOND_CALL_DAYS = env.int("SECOND_CALL_DAYS", 7)
# After how long the sender is reminded of a question of staff, and after how long the work goes on
# without an answer.
ASK_REMINDER = timedelta(days=env.int("ASK_REMINDER_DAYS", 4))
ASK_PATIENCE = timedelta(days=env.int("ASK_PATIENCE_DAYS", 10))
CONTACT_RETENTION_DAYS = env.int("CONTACT_RETENTION_DAYS", 30)
# Days after the end of the matter until a message to the administrator is erased.
INQUIRY_RETENTION_DAYS = env.int("INQUIRY_RETENTION_DAYS", 90)
# How many days a unit may answer by the link in its letter, without an account.
UNIT_LINK_DAYS = env.int("UNIT_LINK_DAYS", 30, validate=validate.Range(min=1))
# Days after the end of a reply by e-mail until it is erased.
REPLY_RETENTION_DAYS = env.int("REPLY_RETENTION_DAYS", 30)
OUTBOX_RETENTION_DAYS = env.int("OUTBOX_RETENTION_DAYS", 30)
PHOTO_UNATTACHED_HOURS = env.int("PHOTO_UNATTACHED_HOURS", 24)
# Hours after which a list as an XLSX file is erased.
WORKBOOK_HOURS = env.int("WORKBOOK_HOURS", 24)
EDITION_UPLOAD_DAYS = env.int("EDITION_UPLOAD_DAYS", 7)
# How long what readers write about a card is kept, and words that were searched and not found.
PROCEDURE_FEEDBACK_DAYS = env.int("PROCEDURE_FEEDBACK_DAYS", 180)
MISSED_QUERY_DAYS = env.int("MISSED_QUERY_DAYS", 90)
