"""The entry point for a WSGI server; it serves nothing where the records are not guarded."""

import os

from django.core.wsgi import get_wsgi_application

from qdtrade.audit import guards

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qdtrade.settings")
application = get_wsgi_application()
guards.refuse_to_serve_without()
