"""The door of the sealed channel, for a WSGI server of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.update(DJANGO_SETTINGS_MODULE="gandan.config.door")  # whatever started us had others
application = get_wsgi_application()
