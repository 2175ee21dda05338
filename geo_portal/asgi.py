"""The web door for uvicorn."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")

application = get_asgi_application()

from .checks import refuse_bad_start  # noqa: E402 - needs the settings to be loaded

refuse_bad_start()
