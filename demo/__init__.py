"""The demonstrations: `make demo` serves an invented federation, `make demo-1956` and `make demo-debian` run in the terminal.

They use the rooms as a command does and hold no rule of their own. Their files go to `demo/out`.
"""
