"""``checks``, ``flaws``, ``targets``, ``doctor``: what the bench knows of itself."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli import listing
from harness.cli.app import BrowserName, Lang, app, console
from harness.cli.doctor import doctor as run_doctor
from harness.cli.matrix import Wanted, play_matrix, write_pages
from harness.targets.registry import find_target


@app.command()
def checks() -> None:
    """List all checks: what passing means, and which flaws prove that they can fail."""
    console.print(listing.checks_table())


@app.command()
def flaws(
    live: Annotated[bool, typer.Option("--live", help="Play them, and write the flaw matrix.")] = False,
    only_flaw: Annotated[list[str] | None, typer.Option(help="Only this flaw; may be repeated.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Judge only this check; may be repeated.")] = None,
    clean: Annotated[int, typer.Option(min=0, help="Play so many runs without a flaw as well: false alarms.")] = 0,
    whole: Annotated[bool, typer.Option("--whole", help="Play every story for every flaw, and judge it all.")] = False,
    shard: Annotated[str, typer.Option(help="Play only this part of the runs: K/N, for example 2/8.")] = "",
    stop_after: Annotated[float | None, typer.Option(help="Begin no run after so many minutes.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep results of other code, too.")] = False,
    out: Annotated[Path, typer.Option(help="Where results lie; a start goes on from them.")] = Path("matrix"),
    write: Annotated[
        list[Path] | None,
        typer.Option(help="Write the matrix here, too (.md, .html or .json); without --live, of what lies in --out."),
    ] = None,
    browser: Annotated[BrowserName, typer.Option(help="Which browser people use.")] = BrowserName.CHROMIUM,
    lang: Annotated[Lang, typer.Option(help="Language of the pages.")] = Lang.DE,
) -> None:
    """List the seeded flaws and the checks that each must fail; with --live, play them and see.

    Exit code with --live: 0 every flaw caught by exactly its checks and no false alarm, 1 not so, 2 a run could not be
    played, 3 stopped before all were played (start again to go on).

    Examples: pruefstand flaws · pruefstand flaws --live --clean 3 · pruefstand flaws --live --shard 2/8 --stop-after 50
    """
    wanted = Wanted(
        flaws=only_flaw or (), checks=only or (), clean=clean, whole=whole, shard=shard, keep=keep,
        stop_after=stop_after, out=out, write=write or (), browser=browser.value, lang=lang.value,
    )  # fmt: skip
    if live:
        raise typer.Exit(play_matrix(wanted, Console(stderr=True)))
    if write:
        write_pages(wanted, find_target("townhall"))
    else:
        console.print(listing.flaws_table())


@app.command()
def targets() -> None:
    """List the targets that can be tested."""
    console.print(listing.targets_table())


@app.command()
def doctor() -> None:
    """Say what the bench needs on this machine, what is there, and how to get the rest."""
    raise typer.Exit(run_doctor(console))
