"""`python -m ui.cli`: the same as `escale`."""

from ui.cli import main

if __name__ == "__main__":
    main()
