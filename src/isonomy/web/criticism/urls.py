"""Addresses of criticism and commissions.

Lives here: the lists, one criticism with what may be done about it, one commission with its views.
"""

from django.urls import path

from isonomy.web.criticism import acting, commission_acts, commissions, disagreeing, listing

urlpatterns = [
    path("criticism/", listing.criticisms, name="criticisms"),
    path("criticism/write/", acting.Write.as_view(), name="criticism-write"),
    path("criticism/<str:id>/", listing.criticism, name="criticism"),
    path("criticism/<str:id>/join/", acting.Join.as_view(), name="criticism-join"),
    path("criticism/<str:id>/withdraw/", acting.Withdraw.as_view(), name="criticism-withdraw"),
    path("criticism/<str:id>/answer/", acting.AnswerIt.as_view(), name="criticism-answer"),
    path("criticism/<str:id>/reply/", acting.Reply.as_view(), name="criticism-reply"),
    path("criticism/<str:id>/avow/", acting.Avow.as_view(), name="criticism-avow"),
    path("criticism/<str:id>/open/", acting.OpenIt.as_view(), name="criticism-open"),
    path("commissions/", commissions.commissions, name="commissions"),
    path("commissions/new/", commission_acts.Begin.as_view(), name="commission-begin"),
    path("commissions/<str:id>/", commissions.commission, name="commission"),
    path("commissions/<str:id>/invite/", commission_acts.Invite.as_view(), name="commission-invite"),
    path("commissions/<str:id>/view/", commission_acts.GiveView.as_view(), name="view-give"),
    path("commissions/<str:id>/report/", commission_acts.Report.as_view(), name="commission-report"),
    path("commissions/<str:id>/publish/", commission_acts.Publish.as_view(), name="commission-publish"),
    path("decisions/<str:id>/disagreement/", disagreeing.Record.as_view(), name="disagreement-record"),
    path("views/<str:id>/answer/", commission_acts.AnswerView.as_view(), name="view-answer"),
]
