"""Addresses of the rulebook.

Lives here: the whole text, one clause, editions and their comparison, proposing and adopting.
"""

from django.urls import path

from isonomy.web.rulebook import clause, editions, parts, proposing, text

urlpatterns = [
    path("rulebook/", text.rulebook, name="rulebook"),
    path("rulebook/clause/<str:id>/", clause.clause, name="clause"),
    path("rulebook/editions/", editions.editions, name="editions"),
    path("rulebook/editions/<str:id>/", editions.edition, name="edition"),
    path("rulebook/editions/<str:id>/text.md", editions.source, name="edition-source"),
    path("rulebook/compare/", editions.compared, name="compare"),
    path("rulebook/propose/", proposing.Lodge.as_view(), name="rulebook-lodge"),
    path("rulebook/editions/<str:id>/rest/", parts.Rest.as_view(), name="rulebook-rest"),
    path("rulebook/editions/<str:id>/adopt/", proposing.Adopt.as_view(), name="rulebook-adopt"),
]
