"""Let `python -m pwa` do what `cairn` does."""

from pwa.cli import main

main()
