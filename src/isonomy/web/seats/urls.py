"""Addresses of offices and bodies.

Lives here: all of them, one of them, who holds several, beginning and ending mandates, committees at work, lots.
"""

from django.urls import path

from isonomy.web.seats import committees, drawing, mandates, seating_pages, views

urlpatterns = [
    path("seats/", views.seats, name="seats"),
    path("seats/several/", views.several, name="seats-several"),
    path("seats/in-units/<str:plain>/", views.in_units, name="seats-in-units"),
    path("seats/<str:name>/", views.seat, name="seat"),
    path("seats/<str:name>/begin/", mandates.Begin.as_view(), name="mandate-begin"),
    path("seats/<str:name>/attendance/", committees.attendance, name="seat-attendance"),
    path("seats/<str:name>/delegation/", seating_pages.ShareOut.as_view(), name="seat-delegation"),
    path("seats/<str:name>/co-opt/", seating_pages.Coopt.as_view(), name="seat-coopt"),
    path("seats/<str:name>/interim/", seating_pages.Interim.as_view(), name="seat-interim"),
    path("seats/<str:name>/confirmation/", seating_pages.Ask.as_view(), name="seat-confirmation"),
    path("seats/<str:name>/confirmation/answer/", seating_pages.Reply.as_view(), name="seat-confirmation-answer"),
    path("seats/<str:name>/credentials/", committees.credentials, name="seat-credentials"),
    path("seats/<str:name>/credentials/accept/", seating_pages.Accept.as_view(), name="credentials-accept"),
    path("seats/<str:name>/credentials/refuse/", seating_pages.Refuse.as_view(), name="credentials-refuse"),
    path("seats/<str:name>/lot/", drawing.Announce.as_view(), name="lot-announce"),
    path("lots/<str:id>/join/", drawing.Join.as_view(), name="lot-join"),
    path("lots/<str:id>/draw/", drawing.Draw.as_view(), name="lot-draw"),
    path("mandates/<str:id>/credentials/appeal/", seating_pages.Appeal.as_view(), name="credentials-appeal"),
    path("mandates/<str:id>/credentials/decide/", seating_pages.Decide.as_view(), name="credentials-decide"),
    path("mandates/<str:id>/choose/", seating_pages.Choose.as_view(), name="mandate-choose"),
    path("mandates/<str:id>/substitutes/", seating_pages.Substitute.as_view(), name="substitute-name"),
    path("mandates/<str:id>/substitutes/withdraw/", seating_pages.Withdraw.as_view(), name="substitute-withdraw"),
    path("mandates/<str:id>/substitutes/step-in/", seating_pages.StepIn.as_view(), name="substitute-step-in"),
    path("mandates/<str:id>/substitutes/succeed/", seating_pages.Succeed.as_view(), name="substitute-succeed"),
    path("mandates/<str:id>/end/", mandates.End.as_view(), name="mandate-end"),
    path("mandates/<str:id>/take-back/", mandates.Withdraw.as_view(), name="resignation-withdraw"),
    path("mandates/<str:id>/fill/", mandates.Fill.as_view(), name="mandate-fill"),
]
