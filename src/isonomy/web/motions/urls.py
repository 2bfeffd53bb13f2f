"""Addresses of motions.

Lives here: the list, one motion, drafts, moving, seconding, withdrawing, amendments.
"""

from django.urls import path

from isonomy.web.motions import amending, listing, moving

urlpatterns = [
    path("motions/", listing.motions, name="motions"),
    path("motions/new/", moving.Move.as_view(), name="motion-move"),
    path("motions/drafts/", moving.drafts, name="motion-drafts"),
    path("motions/drafts/<int:number>/discard/", moving.discard, name="motion-draft-discard"),
    path("motions/<str:id>/", listing.motion, name="motion"),
    path("motions/<str:id>/second/", moving.Second.as_view(), name="motion-second"),
    path("motions/<str:id>/withdraw/", moving.Withdraw.as_view(), name="motion-withdraw"),
    path("motions/<str:id>/amend/", amending.Amend.as_view(), name="motion-amend"),
    path("amendments/<str:id>/second/", amending.SecondIt.as_view(), name="amendment-second"),
    path("amendments/<str:id>/accept/", amending.AcceptIt.as_view(), name="amendment-accept"),
    path("amendments/<str:id>/withdraw/", amending.WithdrawIt.as_view(), name="amendment-withdraw"),
]
