"""Addresses of elections.

Lives here: the list, one election, and what is done in it.
"""

from django.urls import path

from isonomy.web.elections import officer, views

urlpatterns = [
    path("elections/", views.elections, name="elections"),
    path("elections/new/", officer.Open.as_view(), name="election-open"),
    path("elections/vacancy/<str:mandate>/", officer.Fill.as_view(), name="vacancy-fill"),
    path("elections/<str:id>/", views.election, name="election"),
    path("elections/<str:id>/stand/", views.Stand.as_view(), name="election-stand"),
    path("elections/<str:id>/nominate/", views.Nominate.as_view(), name="election-nominate"),
    path("elections/<str:id>/second/<str:person>/", views.Second.as_view(), name="election-second"),
    path("elections/<str:id>/consent/", views.Accept.as_view(), name="election-accept"),
    path("elections/<str:id>/withdraw/", views.Withdraw.as_view(), name="election-withdraw"),
    path("elections/<str:id>/close/", officer.CloseNominations.as_view(), name="nominations-close"),
    path("elections/<str:id>/attest/", officer.Attest.as_view(), name="count-attest"),
    path("elections/<str:id>/appeal/", views.Appeal.as_view(), name="election-appeal"),
]
