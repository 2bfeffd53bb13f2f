"""Accounts: signing in by a code sent by mail or by a passkey, by invitation only.

Lives here: the account (an address and the member it belongs to), invitations, passkeys. Not here: what the member may
do; an account gives no power at all.
"""
