"""Addresses of removals, recalls and petitions.

Lives here: all of them, one of them, asking for one, each step of it.
"""

from django.urls import path

from isonomy.web.removals import acting, listing

urlpatterns = [
    path("removals/", listing.removals, name="removals"),
    path("removals/<str:id>/", listing.removal, name="removal"),
    path("removals/<str:id>/<str:step>/", acting.Step.as_view(), name="removal-step"),
    path("mandates/<str:id>/ask/", acting.Ask.as_view(), name="removal-ask"),
    path("mandates/<str:id>/recall/", acting.Recall.as_view(), name="recall-ask"),
    path("petitions/new/<str:block>/", acting.Open.as_view(), name="petition-open"),
]
