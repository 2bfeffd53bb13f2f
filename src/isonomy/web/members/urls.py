"""Addresses of members and units.

Lives here: the roll, one member, units, and the forms about them.
"""

from django.urls import path

from isonomy.web.members import importing, inviting, joining, membership, splitting, standing, units, views

urlpatterns = [
    path("members/", views.members, name="members"),
    path("members/export.csv", views.export, name="members-export"),
    path("members/admit/", membership.Admit.as_view(), name="member-admit"),
    path("members/import/", importing.Import.as_view(), name="members-import"),
    path("members/invitations/", inviting.Invitations.as_view(), name="invitations"),
    path("members/leave/", membership.Leave.as_view(), name="member-leave"),
    path("members/joinings/", joining.joinings, name="joinings"),
    path("members/joinings/<str:joining>/object/", joining.Object.as_view(), name="joining-object"),
    path("members/joinings/<str:joining>/settle/", joining.Settle.as_view(), name="joining-settle"),
    path("members/joinings/<str:joining>/part/", joining.Part.as_view(), name="joining-part"),
    path("members/<str:person>/", views.member, name="member"),
    path("members/<str:person>/same/", joining.Same.as_view(), name="member-same"),
    path("members/<str:person>/move/", membership.Move.as_view(), name="member-move"),
    path("members/<str:person>/transfer/", membership.AnswerTransfer.as_view(), name="member-transfer"),
    path("members/<str:person>/death/", membership.Die.as_view(), name="member-die"),
    path("members/<str:person>/invite/", inviting.Invite.as_view(), name="member-invite"),
    path("members/<str:person>/standing/", standing.SetStanding.as_view(), name="standing-set"),
    path("members/<str:person>/standing/waive/", standing.Waive.as_view(), name="standing-waive"),
    path("members/<str:person>/standing/contest/", standing.ContestIt.as_view(), name="standing-contest"),
    path("members/<str:person>/standing/settle/", standing.Settle.as_view(), name="standing-settle"),
    path("units/", units.units, name="units"),
    path("units/new/", units.FoundUnit.as_view(), name="unit-found"),
    path("units/<str:id>/", units.unit, name="unit"),
    path("units/<str:id>/close/", units.CloseUnit.as_view(), name="unit-close"),
    path("units/<str:id>/split/", splitting.SplitUnit.as_view(), name="unit-split"),
    path("units/<str:id>/merge/", splitting.MergeUnits.as_view(), name="unit-merge"),
]
