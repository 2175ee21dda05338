"""The portal's application with an address that stops the event loop, for ``test_health``."""

import time

from geo_portal.asgi import application as portal
from web import heartbeat

heartbeat.STUCK_SECONDS = 2


async def application(scope, receive, send):
    if scope["type"] == "http" and scope["path"] == "/stop-the-loop":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"stopping"})
        time.sleep(60)
    else:
        await portal(scope, receive, send)
