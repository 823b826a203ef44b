"""For WSGI servers: `gunicorn guiju.portal.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.portal.settings")
application = get_wsgi_application()
