"""Addresses of motions.

Lives here: the list, one motion, and the forms about it.
"""

from django.urls import path

from isonomy.web.motions import views

urlpatterns = [
    path("motions/", views.motions, name="motions"),
    path("motions/new/", views.Move.as_view(), name="motion-move"),
    path("motions/<str:id>/", views.motion, name="motion"),
]
