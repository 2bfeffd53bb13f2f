"""Addresses of the first page and the calendar.

Lives here: `/`, the calendar, its feed.
"""

from django.urls import path

from isonomy.web.today import calendar, views

urlpatterns = [
    path("", views.today, name="today"),
    path("calendar/", calendar.Calendar.as_view(), name="calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
]
