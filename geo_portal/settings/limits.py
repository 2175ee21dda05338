"""How often one address may do a thing. ``RATE_LIMITS=off`` is for load tests only."""

from .env import env

RATE_LIMITS_ENABLED = env.str("RATE_LIMITS", "on") != "off"
# Number of trusted reverse proxies in front; 0 = the peer's own address counts.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# Name of the address → HTTP methods and the limits that bind together.
RATE_LIMITS = {
    "reports:new": (("POST",), "10/minute;60/hour"),
    "api:reports": (("POST",), "10/minute;60/hour"),
    "api:photos": (("POST",), "20/minute;120/hour"),
    "api:uploads": (("POST",), "20/minute;120/hour"),
    # Thirty parts of half a megabyte make the largest photo.
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

# Reports of one device, known by its cookie.
DEVICE_LIMIT = env.str("DEVICE_LIMIT", "10/10 minutes;40/day")
# Above these every report has to bring a proof of work: all reports together, and one address.
BUSY_PORTAL = env.str("BUSY_PORTAL", "300/minute")
EAGER_ADDRESS = env.str("EAGER_ADDRESS", "5/10 minutes")

# Photos are taken only while so many bytes of their disk are free.
MIN_FREE_BYTES = env.int("MIN_FREE_BYTES", 1024**3)
MAX_PHOTOS = 5
MAX_PHOTO_BYTES = 15 * 1024 * 1024
MAX_PHOTO_PIXELS = 80_000_000
# A photo and its multipart envelope; JSON and forms without files are far smaller.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A whole form with all its photos.
MAX_BODY_BYTES = MAX_PHOTOS * MAX_PHOTO_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# More than may join a report, so that the form itself can say which are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
