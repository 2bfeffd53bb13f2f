"""Addresses of the first days.

Lives here: the steps and the opening balance.
"""

from django.urls import path

from isonomy.web.founding import views

urlpatterns = [
    path("first-days/", views.founding, name="founding"),
    path("opening-balance/", views.opening, name="opening"),
    path("opening-balance/object/", views.Object.as_view(), name="opening-object"),
]
