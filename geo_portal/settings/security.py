"""Secrets, cookies and headers. Production refuses the defaults (see ``geo_portal.checks``)."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from .env import IS_PRODUCTION, env
from .geo import MAP_TILE_URL

DEFAULT_SECRET = "demo-only-not-a-secret"  # noqa: S105

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", DEFAULT_SECRET)
CONSENT_HASH_KEY = env.str("CONSENT_HASH_KEY", DEFAULT_SECRET)
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
# Production must name its hosts. Any other mode listens to this machine and to its own address.
_own_hosts = ["127.0.0.1", "localhost", "[::1]", urlsplit(SITE_URL).hostname or "localhost"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if IS_PRODUCTION else _own_hosts)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# Only the local run uses plain HTTP.
HTTPS = env.bool("HTTPS", IS_PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "web.expired.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# Who may show the map in a frame: origins, such as https://rada.example.org.
MAP_EMBED_ORIGINS: list[str] = env.list("MAP_EMBED_ORIGINS", [])

_tile_hosts = [MAP_TILE_URL.split("/{")[0].replace("{s}", "*")] if MAP_TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:", *_tile_hosts],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

METRICS_TOKEN = env.str("METRICS_TOKEN", "")
# Staff need a second factor. It is off in the demo, so that a newcomer can look around.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", IS_PRODUCTION)
