"""The Celery application. It finds the tasks in each app's ``tasks.py``."""

import os

from celery import Celery
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")

app = Celery("geo_portal", task_cls="web.read_only:PausingTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
def _refuse_bad_start(**_options: object) -> None:
    """A worker refuses what the web refuses."""
    # The checks need the settings and the apps, which are loaded only after this module.
    from .checks import refuse_bad_start

    refuse_bad_start()
