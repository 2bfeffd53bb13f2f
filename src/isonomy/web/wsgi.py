"""The entrance for a web server: `isonomy.web.wsgi:application`.

Lives here: setting Django up; a process of pages that ends with its server. Not here: settings, pages.

Invariant: importing it opens no store; a worker opens the folder when the first page asks.
"""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from isonomy.web.worker_life import end_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isonomy.web.settings")
application = get_wsgi_application()
end_with_server()
