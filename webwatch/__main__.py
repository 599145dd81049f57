"""`python -m webwatch` is the command `webwatch`."""

from webwatch.cli import main

if __name__ == "__main__":
    main()
