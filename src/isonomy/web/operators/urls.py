"""Addresses of operators.

Lives here: how the site is, a backup, a trial mail.
"""

from django.urls import path

from isonomy.web.operators import views

urlpatterns = [
    path("operators/", views.operators, name="operators"),
    path("operators/backup/", views.backup, name="operators-backup"),
    path("operators/mail/", views.try_mail, name="operators-mail"),
]
