"""Addresses of money.

Lives here: the budgets, proposing a payment, one payment, signing and refusing it.
"""

from django.urls import path

from isonomy.web.money import acting, listing

urlpatterns = [
    path("money/", listing.money, name="money"),
    path("money/propose/", acting.Propose.as_view(), name="payment-propose"),
    path("money/<str:id>/", listing.payment, name="payment"),
    path("money/<str:id>/sign/", acting.Sign.as_view(), name="payment-sign"),
    path("money/<str:id>/refuse/", acting.Refuse.as_view(), name="payment-refuse"),
]
