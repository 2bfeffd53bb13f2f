"""Addresses of signing in.

Lives here: our pages and those of the sign-in library that this site uses; no other page of it is reachable.
"""

from allauth.account import views as entrance
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from isonomy.web.accounts import passkey_pages, views

urlpatterns = [
    path("sign-in/", entrance.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", entrance.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/as/", entrance.request_login_code, name="account_login"),
    path("sign-out/", entrance.logout, name="account_logout"),
    path("sign-in/closed/", views.closed, name="account_inactive"),
    path("sign-up/", views.by_invitation, name="account_signup"),
    path("invitation/<str:secret>/", views.Accept.as_view(), name="invitation"),
    path("enter/<str:token>/", views.enter, name="enter"),
    path("keys/", views.keys, name="keys"),
    path("keys/add/", passkey_pages.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("keys/enrolled/<int:number>/revoke/", passkey_pages.Revoke.as_view(), name="key-revoke"),
    path("keys/list/", views.keys, name="mfa_list_webauthn"),
    path("keys/index/", views.keys, name="mfa_index"),
    path("keys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
