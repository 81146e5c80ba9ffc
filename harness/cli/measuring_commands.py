"""``capacity`` and ``quality``: how many calls there may be, and how good they are."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from harness.cli import quality as quality_command
from harness.cli.app import Lang, app, console, show
from harness.cli.capacity import run_capacity
from harness.cli.ci import GithubOption, MetricsOption, Wanted
from harness.cli.progress import Progress
from harness.cli.show_capacity import show_capacity
from load.bots.municipality import DESKS, TENANT
from load.capacity.cost import load_prices
from load.capacity.objectives import load_objectives, without
from load.measure import run as load_measure
from load.measure.halls import wanted_hall
from load.municipality.calendar import load_municipality


@app.command()
def capacity(
    municipality: Annotated[str, typer.Option(help="winterbach, kernen, or a FILE.toml of your own.")] = "winterbach",
    objectives: Annotated[
        Path | None, typer.Option(help="What a call must be like: FILE.toml, over the usual.")
    ] = None,
    prices: Annotated[Path | None, typer.Option(help="A provider's prices: a FILE.toml.")] = None,
    target: Annotated[str, typer.Option(help="Whose pages and signalling bots know: townhall.")] = "townhall",
    url: Annotated[str, typer.Option(help="A town hall that somebody else runs: its address.")] = "",
    mails: Annotated[Path | None, typer.Option(help="With --url: where its mails arrive, a folder.")] = None,
    tenant: Annotated[str, typer.Option(help="With --url: the municipality whose desks are the bots'.")] = TENANT,
    clerk_pattern: Annotated[str, typer.Option(help="With --url: a clerk's user name by number.")] = DESKS,
    service: Annotated[str, typer.Option(help="With --url: what is booked.")] = "kita",
    most: Annotated[int, typer.Option(min=1, help="Try at most so many calls at once.")] = 400,
    generators: Annotated[int, typer.Option(min=1, help="Processes that make the load.")] = 1,
    server_cores: Annotated[int, typer.Option(min=1, help="Cores of this machine that the town hall gets.")] = 1,
    probe: Annotated[bool, typer.Option(help="Hold a call of real browsers among the bots.")] = True,
    people: Annotated[
        bool, typer.Option("--people", help="Bots talk in turns, some without a picture; else all send all the time.")
    ] = False,
    compare: Annotated[bool, typer.Option(help="Measure what end-to-end encryption costs, too.")] = True,
    out: Annotated[Path, typer.Option(help="Where run folders are made.")] = Path("runs"),
    lang: Annotated[Lang, typer.Option(help="Language of summary and page.")] = Lang.DE,
    github: GithubOption = None,
    metrics: MetricsOption = None,
) -> None:
    """Find how many calls at once the embedded town hall holds, what gives out then, and for whom that is enough.

    The town hall gets cores of its own, bots and browsers the rest: a number is the server's, or it says "at least".

    Exit code: 0 a number (or all that was to be tried holds), 1 not one call holds, 2 the bench could not do its work,
    3 the bench itself was at its end before the server.

    With --url the clerks' password comes by the environment (LOAD_CLERK_PASSWORD); only for town halls made for tests.

    Examples: pruefstand capacity · pruefstand capacity --municipality kernen --lang en · pruefstand capacity --most 50
    """
    wanted = load_measure.Wanted(
        municipality=load_municipality(municipality),
        objectives=load_objectives(objectives) if probe else without(load_objectives(objectives), "probe"),
        prices=load_prices(prices), search=replace(load_measure.SEARCH, most=most, first=min(most, 8)),
        generators=generators, server_cores=server_cores, probe=probe, people=people,
        compare=compare, hall=wanted_hall(target, url, mails, tenant, clerk_pattern, service),
    )  # fmt: skip
    with Progress(console) as progress:
        result, folder = run_capacity(replace(wanted, events=progress.bus), out, lang.value)
    show_capacity(folder, result, lang.value, Wanted(github, metrics))


@app.command()
def quality(
    profile: Annotated[
        list[str] | None, typer.Option(help="A network: see --list; also delay-100, loss-3, rate-500. May be repeated.")
    ] = None,
    plant: Annotated[list[str] | None, typer.Option(help="Plant a defect of known size in a call: see --list.")] = None,
    target: Annotated[
        str, typer.Option(help="The built-in townhall, or a profile FILE.toml: only clear calls.")
    ] = "townhall",
    repeat: Annotated[int, typer.Option(min=1, help="How often each is played.")] = 1,
    seconds: Annotated[float, typer.Option(min=5, help="How long a call is measured.")] = 40.0,
    seed: Annotated[int, typer.Option(help="Decides the order and all chance on the links.")] = 1,
    encryption_compare: Annotated[bool, typer.Option(help="Hold the first network's calls unencrypted, too.")] = True,
    scores: Annotated[bool, typer.Option(help="Compare picture, sound and a shared page with what they were.")] = True,
    resume: Annotated[Path | None, typer.Option(help="Go on with this run folder, as it was begun.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List networks and plants, and play nothing.")] = False,
    bands: Annotated[Path | None, typer.Option(help="What is good and bad: a FILE.toml over the usual.")] = None,
    out: Annotated[Path, typer.Option(help="Where run folders are made.")] = Path("runs"),
    lang: Annotated[Lang, typer.Option(help="Language of table and report.")] = Lang.DE,
    github: GithubOption = None,
    metrics: MetricsOption = None,
) -> None:
    """Hold calls of two real browsers over links of known badness and measure them where people look and listen.

    Killed, it goes on with --resume. Without the rights to make networks only 'clear' is played, and it says so.

    Exit code: 0 all pass or weak, 1 a check failed, 2 the bench could not do its work, 3 inconclusive.

    Examples: pruefstand quality · pruefstand quality --profile lift --repeat 3 · pruefstand quality --plant freeze-1s
    """
    if listed:
        console.print(quality_command.listing(lang.value), soft_wrap=True, markup=False, highlight=False)
        return
    asked = quality_command.asked(
        profile or (),
        plant or (),
        repeat=repeat,
        seconds=seconds,
        seed=seed,
        compare=encryption_compare,
        scores=scores,
        target=target,
    )
    with Progress(console) as progress:
        concluded = quality_command.run_quality(
            asked, progress.bus, out=out, lang=lang.value, resume=resume, bands=bands
        )
    show(concluded, Wanted(github, metrics))
