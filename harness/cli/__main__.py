"""``pruefstand``: the commands in the order in which people meet them, and the end when one of ours goes wrong."""

import sys
from importlib import import_module

from rich.console import Console

from harness.cli.app import app as app
from harness.cli.ci import unheard
from harness.model.errors import BenchError
from harness.model.exit_code import ExitCode
from reports.text import plain

# Importing them makes them known; in this order they stand in the help.
for _commands in ("run", "measuring", "release", "seal", "town", "bench"):
    import_module(f"harness.cli.{_commands}_commands")


def main() -> None:
    """Runs the command line; our own errors are one sentence on standard error and exit code 2."""
    try:
        app()
    except BenchError as error:
        console = Console(stderr=True)
        with unheard(console):
            console.print(
                f"pruefstand: {plain(str(error))}", style="bold red", soft_wrap=True, markup=False, highlight=False
            )
        sys.exit(int(ExitCode.BENCH))
    except KeyboardInterrupt:
        Console(stderr=True).print("pruefstand: stopped; what was seen so far can be judged with 'pruefstand judge'.")
        sys.exit(130)


if __name__ == "__main__":
    main()
