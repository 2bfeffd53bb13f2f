"""`python -m isonomy` is the command `isonomy`; nothing else lives here."""

from isonomy.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
