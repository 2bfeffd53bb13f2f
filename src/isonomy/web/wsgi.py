"""The entrance for a web server: `isonomy.web.wsgi:application`.

Lives here: setting Django up. Not here: settings, pages.

Invariant: importing it opens no store; a worker opens the folder when the first page asks.
"""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isonomy.web.settings")
application = get_wsgi_application()
