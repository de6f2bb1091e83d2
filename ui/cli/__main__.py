"""`python -m ui.cli`: the same as `escale`."""

from ui.cli.application import main

if __name__ == "__main__":
    main()
