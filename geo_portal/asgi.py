"""The ASGI application that uvicorn serves."""

import gc
import os

from django.core.asgi import get_asgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")

_django_application = get_asgi_application()

from web.bounds import bounded_application  # noqa: E402
from web.metrics import forget_ended_processes  # noqa: E402

from .checks import refuse_bad_start  # noqa: E402 - needs the settings to be loaded

refuse_bad_start()
forget_ended_processes()
application = bounded_application(_django_application)

# Everything that is loaded now (views, models, template engines) stays until the process ends.
# After this call a full garbage collection no longer examines it. That took a tenth of a second,
# and some request had to wait for it.
reverse("home")
gc.collect()
gc.freeze()
