"""The environment of tests, set before settings load (``-p tests.environment``).

Every worker of the suite has its own Redis database and its own folder of photos.
"""

import os
import tempfile

worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
redis_server, _slash, first = os.environ["REDIS_URL"].rpartition("/")
number = (int(first or 0) + int(worker.removeprefix("gw"))) % 16

os.environ["REDIS_URL"] = f"{redis_server}/{number}"
os.environ["PORTAL_MODE"] = "test"
os.environ["RATE_LIMITS"] = "off"
os.environ["PHOTO_DIR"] = tempfile.mkdtemp(prefix=f"portal-photos-{worker}-")
os.environ["BASEMAP_DIR"] = tempfile.mkdtemp(prefix=f"portal-basemap-{worker}-")
os.environ["EDITION_UPLOAD_DIR"] = tempfile.mkdtemp(prefix=f"portal-boundaries-{worker}-")
os.environ["PROCEDURE_DIR"] = tempfile.mkdtemp(prefix=f"portal-procedures-{worker}-")
os.environ["WORKBOOK_DIR"] = tempfile.mkdtemp(prefix=f"portal-workbooks-{worker}-")
os.environ["SITE_URL"] = "http://testserver"
