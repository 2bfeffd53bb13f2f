"""Addresses of meetings.

Lives here: the list, the call, one meeting with its steps, demands, rulings.
"""

from django.urls import path

from isonomy.web.meetings import (
    between,
    call,
    chair,
    demands,
    for_all_cases,
    listing,
    notice,
    presence,
    questions,
    rulings,
)

urlpatterns = [
    path("meetings/", listing.meetings, name="meetings"),
    path("meetings/call/", call.choose, name="meeting-call"),
    path("meetings/call/<str:seat>/", call.Call.as_view(), name="meeting-call-body"),
    path("meetings/by-right/<str:seat>/", listing.by_right_today, name="by-right"),
    path("meetings/by-right/<str:seat>/open/", presence.Open.as_view(), name="by-right-open"),
    path("meetings/by-right/<str:seat>/lapse/", presence.Lapse.as_view(), name="by-right-lapse"),
    path("meetings/demands/new/", demands.choose, name="demand-open"),
    path("meetings/demands/new/<str:seat>/", demands.Open.as_view(), name="demand-open-body"),
    path("meetings/demands/<str:id>/", demands.demand, name="demand"),
    path("meetings/demands/<str:id>/support/", demands.Support.as_view(), name="demand-support"),
    path("meetings/demands/<str:id>/withdraw/", demands.Withdraw.as_view(), name="demand-withdraw"),
    path("meetings/<str:id>/", listing.meeting, name="meeting"),
    path("meetings/<str:id>/chair/", listing.chair, name="meeting-chair"),
    path("meetings/<str:id>/notice/", notice.Notice.as_view(), name="meeting-notice"),
    path("meetings/<str:id>/notice/letters/", notice.letters, name="meeting-letters"),
    path("meetings/<str:id>/consent/", chair.Consent.as_view(), name="meeting-consent"),
    path("meetings/<str:id>/open/", presence.Open.as_view(), name="meeting-open"),
    path("meetings/<str:id>/resume/", presence.Resume.as_view(), name="meeting-resume"),
    path("meetings/<str:id>/count/", presence.CountAgain.as_view(), name="meeting-count"),
    path("meetings/<str:id>/lapse/", presence.Lapse.as_view(), name="meeting-lapse"),
    path("meetings/<str:id>/inquorate/", presence.Inquorate.as_view(), name="meeting-inquorate"),
    path("meetings/<str:id>/challenge/", chair.Challenge.as_view(), name="meeting-challenge"),
    path("meetings/<str:id>/put/", questions.Put.as_view(), name="meeting-put"),
    path("meetings/<str:id>/hands/<str:poll>/", questions.Declare.as_view(), name="meeting-declare"),
    path("meetings/<str:id>/order/<str:motion>/", questions.Order.as_view(), name="meeting-order"),
    path("meetings/<str:id>/ruling/", rulings.Make.as_view(), name="meeting-ruling"),
    path("meetings/<str:id>/ruling/<str:ruling>/appeal/", rulings.Appeal.as_view(), name="ruling-appeal"),
    path("meetings/<str:id>/ruling/<str:ruling>/decide/", rulings.Decide.as_view(), name="ruling-decide"),
    path("meetings/<str:id>/adjourn/", chair.Adjourn.as_view(), name="meeting-adjourn"),
    path("meetings/<str:id>/reconvene/", chair.Reconvene.as_view(), name="meeting-reconvene"),
    path("meetings/<str:id>/close/", chair.Close.as_view(), name="meeting-close"),
    path("meetings/<str:id>/cancel/", chair.Cancel.as_view(), name="meeting-cancel"),
    path("rulings/", between.rulings, name="rulings"),
    path("rulings/for-all-cases/", for_all_cases.Make.as_view(), name="ruling-general"),
    path("rulings/<str:id>/", between.ruling, name="ruling"),
    path("rulings/<str:id>/appeal/", between.Appeal.as_view(), name="ruling-appeal-between"),
    path("motions/<str:id>/ruling/", between.Make.as_view(), name="motion-ruling"),
]
