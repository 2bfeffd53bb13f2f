"""Addresses of powers and emergencies.

Lives here: the page of both, declaring an emergency, ending the one in force, reporting on the last.
"""

from django.urls import path

from isonomy.web.powers import acting, listing

urlpatterns = [
    path("powers/", listing.powers, name="powers"),
    path("powers/emergency/declare/", acting.Declare.as_view(), name="emergency-declare"),
    path("powers/emergency/end/", acting.End.as_view(), name="emergency-end"),
    path("powers/emergency/report/", acting.Report.as_view(), name="emergency-report"),
]
