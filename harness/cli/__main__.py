"""``pruefstand``: verify a deployment, judge and report runs again, try the town hall by hand."""

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli import listing
from harness.cli.capacity import exit_code, run_capacity
from harness.cli.conclude import Concluded, chosen_checks, conclude
from harness.cli.doctor import doctor as run_doctor
from harness.cli.matrix import Wanted, play_matrix, write_pages
from harness.cli.progress import Progress
from harness.cli.serve import serve_target
from harness.model.errors import BenchError
from harness.model.exit_code import ExitCode
from harness.pictures.making import make_pictures
from harness.run import Plan, observe
from harness.targets.registry import find_target
from load.capacity.cost import load_prices
from load.capacity.objectives import load_objectives, without
from load.capacity.summary import summary
from load.measure import run as load_measure
from load.municipality.calendar import load_municipality
from reports.terminal import print_verdicts

console = Console()
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Prove whether video appointments are end-to-end encrypted.",
    epilog="Examples: pruefstand verify · pruefstand verify --flaw plain-audio · pruefstand report runs/RUN --lang en",
)


class Lang(StrEnum):
    """Languages of reports."""

    DE = "de"
    EN = "en"


class BrowserName(StrEnum):
    """Browsers that the bench drives; ``mixed``: the citizen has Firefox, everybody else Chromium."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    MIXED = "mixed"


RunFolder = Annotated[Path, typer.Argument(help="A run folder, e.g. runs/20210215T090000Z-townhall-a1b2c3.")]
LangOption = Annotated[Lang | None, typer.Option(help="Language of the report.")]


@app.command()
def verify(
    target: Annotated[str, typer.Option(help="A built-in target, or a profile FILE.toml.")] = "townhall",
    flaw: Annotated[str, typer.Option(help="Start the town hall with a seeded flaw (see 'pruefstand flaws').")] = "",
    only: Annotated[list[str] | None, typer.Option(help="Judge only this check; may be repeated.")] = None,
    browser: Annotated[
        BrowserName,
        typer.Option(help="Which browser people use; mixed: the citizen has Firefox, the town hall Chromium."),
    ] = BrowserName.CHROMIUM,
    headed: Annotated[bool, typer.Option("--headed", help="Show the browsers while they work.")] = False,
    out: Annotated[Path, typer.Option(help="Where run folders are made.")] = Path("runs"),
    lang: Annotated[Lang, typer.Option(help="Language of table and report.")] = Lang.DE,
) -> None:
    """Start the target, play the scenarios, judge the evidence, write the reports.

    Exit code: 0 all pass or weak, 1 a check failed, 2 the bench could not do its work, 3 inconclusive.

    Examples: pruefstand verify · pruefstand verify --only E01 --only E02 · pruefstand verify --flaw plain-audio
    """
    checks = chosen_checks(only or [])
    chosen = find_target(target)
    listing.known_flaw(flaw, chosen)
    plan = Plan(
        target=chosen, checks=tuple(check.id for check in checks), stories=not only, flaw=flaw,
        browser=browser.value, headed=headed, out=out, lang=lang.value,
    )  # fmt: skip
    with Progress(console) as progress:
        folder = observe(plan, progress.bus)
        concluded = conclude(folder, progress.bus)
    _show(concluded)


@app.command()
def capacity(
    municipality: Annotated[str, typer.Option(help="winterbach, kernen, or a FILE.toml of your own.")] = "winterbach",
    objectives: Annotated[
        Path | None, typer.Option(help="What a call must be like: FILE.toml, over the usual.")
    ] = None,
    prices: Annotated[Path | None, typer.Option(help="A provider's prices: a FILE.toml.")] = None,
    most: Annotated[int, typer.Option(min=1, help="Try at most so many calls at once.")] = 400,
    generators: Annotated[int, typer.Option(min=1, help="Processes that make the load.")] = 1,
    server_cores: Annotated[int, typer.Option(min=1, help="Cores of this machine that the town hall gets.")] = 1,
    probe: Annotated[bool, typer.Option(help="Hold a call of real browsers among the bots.")] = True,
    compare: Annotated[bool, typer.Option(help="Measure what end-to-end encryption costs, too.")] = True,
    out: Annotated[Path, typer.Option(help="Where run folders are made.")] = Path("runs"),
    lang: Annotated[Lang, typer.Option(help="Language of summary and page.")] = Lang.DE,
) -> None:
    """Find how many calls at once the embedded town hall holds, what gives out then, and for whom that is enough.

    The town hall gets cores of its own, bots and browsers the rest: a number is the server's, or it says "at least".

    Exit code: 0 a number (or all that was to be tried holds), 1 not one call holds, 2 the bench could not do its work,
    3 the bench itself was at its end before the server.

    Examples: pruefstand capacity · pruefstand capacity --municipality kernen --lang en · pruefstand capacity --most 50
    """
    wanted = load_measure.Wanted(
        municipality=load_municipality(municipality),
        objectives=load_objectives(objectives) if probe else without(load_objectives(objectives), "probe"),
        prices=load_prices(prices), search=replace(load_measure.SEARCH, most=most, first=min(most, 8)),
        generators=generators, server_cores=server_cores, probe=probe, compare=compare,
    )  # fmt: skip
    with Progress(console) as progress:
        result, folder = run_capacity(replace(wanted, events=progress.bus), out, lang.value)
    console.print(summary(result, lang.value), soft_wrap=True, markup=False, highlight=False)
    console.print(f"{folder / 'capacity.html'}", soft_wrap=True, markup=False, highlight=False)
    raise typer.Exit(int(exit_code(result)))


@app.command()
def judge(run: RunFolder, lang: LangOption = None) -> None:
    """Judge the stored evidence of a run again, with the checks of today."""
    with Progress(console) as progress:
        concluded = conclude(run, progress.bus, lang=lang.value if lang else None)
    _show(concluded)


@app.command()
def report(run: RunFolder, lang: LangOption = None) -> None:
    """Write the reports of a run again, for example in the other language."""
    with Progress(console) as progress:
        concluded = conclude(run, progress.bus, lang=lang.value if lang else None)
    for name, path in concluded.reports.items():
        console.print(f"{name}: {path}", soft_wrap=True)


@app.command()
def serve(
    flaw: Annotated[str, typer.Option(help="A seeded flaw to serve.")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the town hall; 0 takes a free one.")] = 8080,
    folder: Annotated[Path | None, typer.Option(help="Where data lies; default: a new folder that is removed.")] = None,
) -> None:
    """Start the town hall and print its links, to try it by hand; Ctrl-C ends it."""
    listing.known_flaw(flaw, find_target("townhall"))
    serve_target(console, flaw, port, folder)


@app.command()
def pictures(
    out: Annotated[Path, typer.Option(help="Where the pictures go; those of an earlier tour are replaced.")] = Path(
        "docs/pictures"
    ),
    headed: Annotated[bool, typer.Option("--headed", help="Show the browsers while they work.")] = False,
) -> None:
    """Photograph the town hall step by step, as citizen (on a phone) and clerk see it, for docs/the-town-hall.md.

    Exit code: 0 done, 1 done, but a page does not fit on a phone (each is named), 2 the tour got stuck.
    """
    with Progress(console) as progress:
        album = make_pictures(out, progress.bus, headed=headed)
    size = sum(file.stat().st_size for file in album.taken) / 1e6
    console.print(f"{len(album.taken)} pictures, {size:.1f} MB: {out}", soft_wrap=True)
    for complaint in album.complaints:
        console.print(complaint, style="red", soft_wrap=True, markup=False, highlight=False)
    raise typer.Exit(int(ExitCode.FAILED if album.complaints else ExitCode.OK))


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


def _show(concluded: Concluded) -> None:
    print_verdicts(concluded.source, console, concluded.reports["html"])
    raise typer.Exit(int(concluded.exit))


def main() -> None:
    """Runs the command line; our own errors are one sentence on standard error and exit code 2."""
    try:
        app()
    except BenchError as error:
        Console(stderr=True).print(
            f"pruefstand: {error}", style="bold red", soft_wrap=True, markup=False, highlight=False
        )
        sys.exit(int(ExitCode.BENCH))
    except KeyboardInterrupt:
        Console(stderr=True).print("pruefstand: stopped; what was seen so far can be judged with 'pruefstand judge'.")
        sys.exit(130)


if __name__ == "__main__":
    main()
