"""How often one IP address may do something. ``RATE_LIMITS=off`` is for load tests only."""

from environs import validate

from .env import env

RATE_LIMITS_ENABLED = env.str("RATE_LIMITS", "on") != "off"
# The number of trusted reverse proxies in front of the portal. With 0, the address of the
# connection itself counts.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# How often one IP address may open an address of the portal, by the name of the URL. A text counts
# all methods together, because they cost the same. Otherwise the first text counts what only reads
# (GET, HEAD, OPTIONS) and the second one everything else. All limits of a text apply.
READING, WRITING = "20/second", "120/minute;3000/hour"
RATE_LIMITS: dict[str, str | tuple[str, str]] = {
    "reports:new": (READING, "10/minute;60/hour"),
    "pages:contact": (READING, "6/minute;30/hour"),
    "api:reports": (READING, "10/minute;60/hour"),
    "api:photos": "20/minute;120/hour",
    "api:uploads": "20/minute;120/hour",
    # The largest photo takes thirty parts of half a megabyte.
    "api:upload": (READING, "300/minute;2400/hour"),
    "reports:sender-correct": (READING, "10/minute;60/hour"),
    "reports:sender-withdraw": (READING, "10/minute;60/hour"),
    "reports:sender-remark": (READING, "10/minute;60/hour"),
    "reports:sender-answer": (READING, "10/minute;60/hour"),
    "reports:sender-verdict": (READING, "10/minute;60/hour"),
    # The key of a link for an opinion cannot be guessed; this only keeps the log quiet.
    "opinion": ("60/minute;600/hour", "10/minute;60/hour"),
    "opinion-file": "60/minute;600/hour",
    "opinion-picture": "300/minute;3000/hour",
    # Nor can the key of a letter to a unit; many who work in one share an address.
    "by_link:case": ("300/minute;3000/hour", "30/minute;300/hour"),
    "by_link:list": "60/minute;600/hour",
    "by_link:photo": "600/minute",
    "api:follow": "20/minute;100/hour",
    "reports:follow": (READING, "20/minute;100/hour"),
    "regulations:rules-pdf": "30/minute",
    "regulations:clause-pdf": "30/minute",
    "regulations:cookies-pdf": "30/minute",
    "regulations:annex-pdf": "30/minute",
    "regulations:accessibility-pdf": "30/minute",
    # Printing takes a second.
    "districts:changes-file": "30/minute",
    "districts:edition-file": "60/minute",
    "procedures:card-pdf": "30/minute",
    "panel:case-sheet": "30/minute",
    "panel:operator-day": "30/minute",
    "panel:unit-day": "30/minute",
    "procedures:feedback": (READING, "5/minute;30/hour"),
    "reports:status-search": "30/minute;300/hour",
    "reports:status": "60/minute;600/hour",
    "api:report": "20/second",
    "api:locate": "20/second",
    "api:addresses": "20/second",
    "reports:photo": "600/minute",
    # A map asks for a screen of tiles at once.
    "api:district-tile": "100/second",
    "maps:addresses": "100/second",
    # Each may send a letter that asks its reader.
    "maps:follow": (READING, "6/minute;30/hour"),
    # Whoever pans a map asks for each view; an office shares one address.
    "maps:data": "100/second",
    "maps:tile": "100/second",
    # A map asks for every feature that somebody points at.
    "ogc:item": "100/second",
    "reports:receipt": "60/minute;600/hour",
    "reports:qr": "60/minute;600/hour",
    "reports:calendar": "60/minute;600/hour",
    "api:similar": "20/second",
    # Each open case asks four times a minute who else answers, and an office shares one address.
    "panel:answering": "100/second",
    # The worker makes a file of it.
    "panel:operator-xlsx": "20/minute;120/hour",
    "panel:unit-xlsx": "20/minute;120/hour",
    # Each act on the map is sent by itself, and an office shares one address.
    "panel:edition-editor-draw": (READING, "600/minute;12000/hour"),
    "panel:edition-editor-undo": (READING, "600/minute;12000/hour"),
    "panel:edition-editor-redo": (READING, "600/minute;12000/hour"),
    "account_password_check": "120/minute",
    "account_data": (READING, "6/hour"),
    "account_takeover": (READING, "5/hour"),
    "account_close": (READING, "10/minute"),
    "account_login": (READING, "10/minute;100/hour"),
}
# What holds for every other address.
DEFAULT_RATE_LIMIT = (READING, WRITING)
# How many bytes of photos one IP address may begin to send in an hour, in whatever way. Photos that
# the form has made smaller have about half a megabyte, so this is enough for those who share one.
UPLOAD_BYTES_PER_HOUR = env.int("UPLOAD_BYTES_PER_HOUR", 300 * 1024 * 1024)

# How many vector tiles of the reports one web process draws at a time; more would slow down whoever
# sends a report. Others wait a moment for their turn, or are asked to come back (maps/turns.py).
TILES_AT_ONCE = env.int("TILES_AT_ONCE", 1, validate=validate.Range(min=1))
# The same for what people see of the map: its page, its numbers, its feed.
MAP_VIEWS_AT_ONCE = env.int("MAP_VIEWS_AT_ONCE", 2, validate=validate.Range(min=1))

# How many reports one device, known by its cookie, may send.
DEVICE_LIMIT = env.str("DEVICE_LIMIT", "10/10 minutes;40/day")
# Above these numbers the guard asks for a proof of work: BUSY_PORTAL counts the reports of
# everybody, EAGER_ADDRESS those of one IP address.
BUSY_PORTAL = env.str("BUSY_PORTAL", "300/minute")
EAGER_ADDRESS = env.str("EAGER_ADDRESS", "5/10 minutes")

# For how many reports a day letters go to one mailbox on the word of whoever typed the address.
# For more, one letter asks the mailbox first.
TYPED_ADDRESSES_A_DAY = env.int("TYPED_ADDRESSES_A_DAY", 3)

# Photos are accepted only while at least this many bytes of their disk are free.
MIN_FREE_BYTES = env.int("MIN_FREE_BYTES", 1024**3)
MAX_PHOTOS = 5
MAX_PHOTO_BYTES = 15 * 1024 * 1024
MAX_PHOTO_PIXELS = 80_000_000
# A file of boundaries. It fits into the largest body, see below.
MAX_EDITION_FILE_BYTES = 60 * 1024 * 1024
# The largest body apart from its files; JSON and forms without files are far smaller.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# The largest body: a form with all its photos.
MAX_BODY_BYTES = MAX_PHOTOS * MAX_PHOTO_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# This is more than a report may have, so that the form itself can say which photos are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
