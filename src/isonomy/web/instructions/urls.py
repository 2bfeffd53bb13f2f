"""Addresses of instructions, conditions and targets.

Lives here: all that was asked for, one of them, reporting on it, terms of a motion, the report draft, what follows undone.
"""

from django.urls import path

from isonomy.web.instructions import listing, reporting, undone

urlpatterns = [
    path("instructions/", listing.instructions, name="instructions"),
    path("instructions/report/", listing.report, name="instructions-report"),
    path("instructions/report.md", listing.report_file, name="instructions-report-file"),
    path("instructions/undone/", undone.Enter.as_view(), name="instructions-undone"),
    path("instructions/<str:id>/", listing.instruction, name="instruction"),
    path("instructions/<str:id>/report/", reporting.Report.as_view(), name="instruction-report"),
    path("motions/<str:id>/terms/", reporting.PutTerms.as_view(), name="motion-terms"),
    path("meetings/join/<str:seat>/", undone.Join.as_view(), name="call-join"),
]
