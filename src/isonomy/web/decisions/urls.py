"""Addresses of decisions and minutes.

Lives here: the register and its files, one decision, deciding in an office, the minutes of a meeting and their approval.
"""

from django.urls import path

from isonomy.web.decisions import approval, listing, minutes, taking

urlpatterns = [
    path("decisions/", listing.decisions, name="decisions"),
    path("decisions/register.csv", listing.as_csv, name="decisions-csv"),
    path("decisions/popolo.json", listing.as_popolo, name="decisions-popolo"),
    path("decisions/take/", taking.Take.as_view(), name="decision-take"),
    path("decisions/<str:id>/", listing.decision, name="decision"),
    path("minutes/", minutes.all_minutes, name="all-minutes"),
    path("minutes/<str:meeting>/", minutes.minutes, name="minutes"),
    path("minutes/<str:meeting>/approve/", approval.Approve.as_view(), name="minutes-approve"),
    path("minutes/<str:meeting>/minutes.md", minutes.as_markdown, name="minutes-markdown"),
    path("minutes/<str:meeting>/minutes.html", minutes.as_html, name="minutes-html"),
    path("minutes/<str:meeting>/minutes.pdf", minutes.as_pdf, name="minutes-pdf"),
]
