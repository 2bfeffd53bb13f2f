"""Addresses of the first page.

Lives here: `/`.
"""

from django.urls import path

from isonomy.web.today import views

urlpatterns = [
    path("", views.today, name="today"),
]
