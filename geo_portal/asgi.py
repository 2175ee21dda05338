"""The web door for uvicorn."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")

django_application = get_asgi_application()

from .checks import refuse_bad_start  # noqa: E402 - needs the settings to be loaded
from .intake import bounded  # noqa: E402
from .metrics import forget_ended_processes  # noqa: E402

refuse_bad_start()
forget_ended_processes()
application = bounded(django_application)
