"""`python -m sheets_sync` is `sheets-sync`."""

from sheets_sync.cli import main

if __name__ == "__main__":
    main()
