"""Addresses of offices and bodies.

Lives here: all of them, one of them, who holds several, beginning and ending mandates.
"""

from django.urls import path

from isonomy.web.seats import mandates, views

urlpatterns = [
    path("seats/", views.seats, name="seats"),
    path("seats/several/", views.several, name="seats-several"),
    path("seats/in-units/<str:plain>/", views.in_units, name="seats-in-units"),
    path("seats/<str:name>/", views.seat, name="seat"),
    path("seats/<str:name>/begin/", mandates.Begin.as_view(), name="mandate-begin"),
    path("mandates/<str:id>/end/", mandates.End.as_view(), name="mandate-end"),
    path("mandates/<str:id>/fill/", mandates.Fill.as_view(), name="mandate-fill"),
]
