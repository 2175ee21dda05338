"""How often one IP address may do something. ``RATE_LIMITS=off`` is for load tests only."""

from .env import env

RATE_LIMITS_ENABLED = env.str("RATE_LIMITS", "on") != "off"
# The number of trusted reverse proxies in front of the portal. With 0, the address of the
# connection itself counts.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# Name of the URL → the HTTP methods that are counted, and the limits, all of which apply.
RATE_LIMITS = {
    "reports:new": (("POST",), "10/minute;60/hour"),
    "api:reports": (("POST",), "10/minute;60/hour"),
    "api:photos": (("POST",), "20/minute;120/hour"),
    "api:uploads": (("POST",), "20/minute;120/hour"),
    # The largest photo takes thirty parts of half a megabyte.
    "api:upload": (("PATCH",), "300/minute;2400/hour"),
    "reports:sender-correct": (("POST",), "10/minute;60/hour"),
    "reports:sender-withdraw": (("POST",), "10/minute;60/hour"),
    "reports:sender-remark": (("POST",), "10/minute;60/hour"),
    "reports:sender-verdict": (("POST",), "10/minute;60/hour"),
    "api:follow": (("POST",), "20/minute;100/hour"),
    "reports:follow": (("POST",), "20/minute;100/hour"),
    "regulations:rules-pdf": (("GET",), "30/minute"),
    "regulations:clause-pdf": (("GET",), "30/minute"),
    "regulations:cookies-pdf": (("GET",), "30/minute"),
    "regulations:annex-pdf": (("GET",), "30/minute"),
    "regulations:accessibility-pdf": (("GET",), "30/minute"),
    "reports:status-search": (("GET", "POST"), "30/minute;300/hour"),
    "reports:status": (("GET",), "60/minute;600/hour"),
    "api:report": (("GET",), "20/second"),
    "api:locate": (("GET", "POST"), "20/second"),
    "api:addresses": (("GET",), "20/second"),
    "reports:photo": (("GET",), "600/minute"),
    "reports:receipt": (("GET",), "60/minute;600/hour"),
    "reports:qr": (("GET",), "60/minute;600/hour"),
    "reports:calendar": (("GET",), "60/minute;600/hour"),
    "api:similar": (("GET",), "20/second"),
    "account_password_check": (("POST",), "120/minute"),
    "account_data": (("POST",), "6/hour"),
    "account_takeover": (("POST",), "5/hour"),
    "account_close": (("POST",), "10/minute"),
    "account_login": (("POST",), "10/minute;100/hour"),
}

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
# The largest body apart from its files; JSON and forms without files are far smaller.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# The largest body: a form with all its photos.
MAX_BODY_BYTES = MAX_PHOTOS * MAX_PHOTO_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# This is more than a report may have, so that the form itself can say which photos are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
