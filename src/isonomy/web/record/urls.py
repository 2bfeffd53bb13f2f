"""Addresses of the record.

Lives here: the entries, one entry with proof and bytes, verifying, protesting, correcting, erasing; orders from outside.
"""

from django.urls import path

from isonomy.web.record import mending, orders, verifying, views

urlpatterns = [
    path("record/", views.record, name="record"),
    path("record/verify/", verifying.Verify.as_view(), name="verify"),
    path("record/verify/export.zip", verifying.export, name="record-export"),
    path("record/verify/log.vkey", verifying.key, name="record-key"),
    path("record/verify/checkpoint", verifying.checkpoint, name="record-checkpoint"),
    path("record/orders/", orders.orders, name="orders"),
    path("record/orders/new/", orders.Enter.as_view(), name="order-enter"),
    path("record/orders/<str:order>/confirm/", orders.Confirm.as_view(), name="order-confirm"),
    path("record/orders/<str:order>/notify/", orders.Notify.as_view(), name="order-notify"),
    path("record/protest/", mending.Protest.as_view(), name="protest"),
    path("record/<int:number>/", views.entry, name="entry"),
    path("record/<int:number>/receipt", views.receipt, name="receipt"),
    path("record/<int:number>/entry.json", views.entry_bytes, name="entry-bytes"),
    path("record/<int:number>/correct/", mending.Correct.as_view(), name="correct"),
    path("record/<int:number>/erase/", mending.Erase.as_view(), name="erase"),
]
