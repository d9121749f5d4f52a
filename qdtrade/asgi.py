"""The entry point for an ASGI server; it serves nothing where the records are not guarded."""

import os
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application

from qdtrade.audit import guards

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qdtrade.settings")
application = get_asgi_application()
with ThreadPoolExecutor(
    1
) as outside:  # some servers load this in their event loop, where no database may be asked
    outside.submit(guards.refuse_to_serve_without).result()
