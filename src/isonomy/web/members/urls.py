"""Addresses of members and units.

Lives here: the roll, one member, units, and the forms about them.
"""

from django.urls import path

from isonomy.web.members import views

urlpatterns = [
    path("members/", views.members, name="members"),
    path("members/export.csv", views.export, name="members-export"),
    path("members/<str:person>/", views.member, name="member"),
    path("units/", views.units, name="units"),
    path("units/<str:id>/", views.unit, name="unit"),
]
