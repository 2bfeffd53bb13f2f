"""Addresses of powers and emergencies.

Lives here: the page of both; declaring an emergency, renewing and ending it, putting a meeting off under it, reporting and
approving; lodging the terms of a delegation, giving it, taking it back, reporting.
"""

from django.urls import path

from isonomy.web.powers import acting, deciding, handing, listing

urlpatterns = [
    path("powers/", listing.powers, name="powers"),
    path("powers/emergency/declare/", acting.Declare.as_view(), name="emergency-declare"),
    path("powers/emergency/end/", acting.End.as_view(), name="emergency-end"),
    path("powers/emergency/report/", acting.Report.as_view(), name="emergency-report"),
    path("powers/emergency/renew/", deciding.Renew.as_view(), name="emergency-renew"),
    path("powers/emergency/approve/", deciding.Approve.as_view(), name="emergency-approve"),
    path("powers/emergency/postpone/", deciding.Postpone.as_view(), name="emergency-postpone"),
    path("powers/delegations/lodge/", handing.Lodge.as_view(), name="delegation-lodge"),
    path("powers/delegations/<str:id>/give/", handing.Give.as_view(), name="delegation-give"),
    path("powers/delegations/<str:id>/revoke/", handing.Revoke.as_view(), name="delegation-revoke"),
    path("powers/delegations/<str:id>/report/", handing.Report.as_view(), name="delegation-report"),
]
