"""`python -m guiju` is the same as `guiju`."""

from guiju.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
