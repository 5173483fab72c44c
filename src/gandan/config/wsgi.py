"""The door for a WSGI server."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from gandan.ground.documents.charts import svg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
application = get_wsgi_application()


def _draw_a_first_chart() -> None:
    """Have the drawing of charts started before somebody waits for one: the first takes over a second, the others little."""
    svg({"data": {"values": [{}]}, "mark": "point"})


Thread(target=_draw_a_first_chart, name="first chart", daemon=True).start()
