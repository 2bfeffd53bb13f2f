"""The demonstrations: `make demo` runs both, `make demo-1956` and `make demo-debian` one of them.

They use the rooms as a command does and hold no rule of their own. Their files go to `demo/out`.
"""
