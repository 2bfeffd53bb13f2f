"""Addresses of polls.

Lives here: the list, one poll, and what is done about it.
"""

from django.urls import path

from isonomy.web.polls import cast, putting, sheet, tellers, views

urlpatterns = [
    path("polls/", views.polls, name="polls"),
    path("polls/new/", putting.Put.as_view(), name="poll-open"),
    path("polls/<str:id>/", views.poll, name="poll"),
    path("polls/<str:id>/vote/", cast.Cast.as_view(), name="poll-cast"),
    path("polls/<str:id>/roll/", views.roll, name="poll-roll"),
    path("polls/<str:id>/close/", views.Close.as_view(), name="poll-close"),
    path("polls/<str:id>/declare/", views.Declare.as_view(), name="poll-declare"),
    path("polls/<str:id>/paper/", tellers.papers, name="poll-papers"),
    path("polls/<str:id>/paper/print/", tellers.printed, name="paper-print"),
    path("polls/<str:id>/paper/credentials/", tellers.credentials, name="paper-credentials"),
    path("polls/<str:id>/paper/enter/", tellers.enter, name="paper-enter"),
    path("polls/<str:id>/paper/compare/", tellers.compare, name="paper-compare"),
    path("polls/<str:id>/receipt/", views.receipt, name="poll-receipt"),
    path("polls/<str:id>/count/", sheet.sheet, name="poll-count"),
    path("polls/<str:id>/count.<str:kind>", sheet.trace, name="poll-trace"),
    path("polls/<str:id>/ballots.<str:kind>", sheet.ballots, name="poll-ballots"),
]
