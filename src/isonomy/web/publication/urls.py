"""Addresses of publication.

Lives here: the list of everything, and the forms about a sealed text, a meeting's papers and its closed session.
"""

from django.urls import path

from isonomy.web.publication import acting, listing

urlpatterns = [
    path("publication/", listing.publication, name="publication"),
    path("publication/seal/", acting.Seal.as_view(), name="text-seal"),
    path("publication/paper/", acting.Lay.as_view(), name="paper-lay"),
    path("publication/session/", acting.CloseSession.as_view(), name="session-close"),
    path("publication/<str:id>/open/", acting.OpenIt.as_view(), name="text-open"),
    path("publication/<str:id>/publish/", acting.Publish.as_view(), name="text-publish"),
    path("publication/<str:id>/reopen/", acting.Reopen.as_view(), name="session-reopen"),
]
