"""Run `conceptdeck` as `python -m conceptdeck`."""

from conceptdeck.cli import main

if __name__ == "__main__":
    main(prog_name="conceptdeck")
