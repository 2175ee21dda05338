"""The web door for uvicorn."""

import gc
import os

from django.core.asgi import get_asgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")

django_application = get_asgi_application()

from web.bounds import bounded  # noqa: E402
from web.metrics import forget_ended_processes  # noqa: E402

from .checks import refuse_bad_start  # noqa: E402 - needs the settings to be loaded

refuse_bad_start()
forget_ended_processes()
application = bounded(django_application)

# All that is loaded now stays until the process ends: views, models, templates' engines. Set aside,
# it is not gone through by every full garbage collection, which took a tenth of a second from
# whichever request it met.
reverse("home")
gc.collect()
gc.freeze()
