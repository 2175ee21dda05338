"""The ASGI application that uvicorn serves."""

import gc
import os

import django
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")

django.setup(set_prefix=False)

# All of these need the settings and the apps to be loaded.
from web.bounds import bounded_application  # noqa: E402
from web.health import with_healthz  # noqa: E402
from web.heartbeat import beating_application  # noqa: E402
from web.metrics import forget_ended_processes  # noqa: E402
from web.one_hop import OneHopHandler  # noqa: E402

from .checks import refuse_bad_start  # noqa: E402

refuse_bad_start()
forget_ended_processes()
application = beating_application(bounded_application(with_healthz(OneHopHandler())))

# Everything that is loaded now (views, models, template engines) stays until the process ends.
# After this call a full garbage collection no longer examines it. That took a tenth of a second,
# and some request had to wait for it.
reverse("home")
gc.collect()
gc.freeze()
# A request makes some ten thousand objects, nearly all of which are gone when it ends. Looking for
# circles among them at every seven hundredth, as Python does of itself, took a twelfth of its time.
gc.set_threshold(20_000, 10, 10)
