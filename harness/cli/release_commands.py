"""``compare`` and ``history``: what changed from release to release."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import compare as comparing
from harness.cli import turns
from harness.cli.app import BrowserName, Lang, app, console
from harness.cli.ci import unheard
from harness.cli.history import keep_and_draw
from harness.quality.ground import CLEAR


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help="The former release: a run folder, or a folder with runs.")],
    b: Annotated[str, typer.Argument(help="The new release, likewise.")],
    name_a: Annotated[str, typer.Option(help="What the former is called; default: its folder's name.")] = "",
    name_b: Annotated[str, typer.Option(help="What the new one is called.")] = "",
    figure: Annotated[
        list[str] | None,
        typer.Option(help="Compare this figure (CHECK.NAME; with :less or :more, which is better); may be repeated."),
    ] = None,
    flake_budget: Annotated[
        float, typer.Option(min=0, max=1, help="Share of outcomes that may waver within one release.")
    ] = comparing.BUDGET,
    play: Annotated[
        bool,
        typer.Option(
            "--play",
            help="Play both by turns first. A and B are then what can be started or reached: townhall, the folder of "
            "another checkout, or a profile FILE.toml; each also as PLACE+FLAW and PLACE@NETWORK.",
        ),
    ] = False,
    repeat: Annotated[int, typer.Option(min=1, help="With --play: how many runs of each.")] = 10,
    seconds: Annotated[float, typer.Option(min=5, help="With --play: how long a call is measured.")] = 15.0,
    profile: Annotated[str, typer.Option(help="With --play: the network of the calls, see 'quality --list'.")] = CLEAR,
    only: Annotated[
        list[str] | None, typer.Option(help="With --play: play the stories of this check, and no calls; repeatable.")
    ] = None,
    calls: Annotated[bool | None, typer.Option("--calls/--no-calls", help="With --only: hold calls, too.")] = None,
    browser: Annotated[BrowserName, typer.Option(help="With --only: the browser of its stories.")] = (
        BrowserName.CHROMIUM
    ),
    seed: Annotated[int, typer.Option(help="With --play: decides who goes first, and all chance on the links.")] = 1,
    out: Annotated[Path, typer.Option(help="Where page, release note and data (and runs) are written.")] = (
        Path("compare")
    ),
    lang: Annotated[Lang, typer.Option(help="Language of all of it.")] = Lang.DE,
) -> None:
    """Compare two releases by their runs: which checks say something else, which figures are other by more than chance.

    With --play the runs are made now: one of A and one of B by turns, until there are --repeat of each. Stopped, the
    same command goes on.

    Exit code: 0 nothing became worse, 1 something did (or changed, where nobody said which way is better), 2 the runs
    cannot be read or played, 3 the outcomes waver too much within one release.

    Examples: pruefstand compare runs-2.0 runs-2.1 · pruefstand compare old new --figure Q01.worst:less --lang en ·
    pruefstand compare --play ../release-2.0 townhall --repeat 10 · pruefstand compare --play A B --only E01 --repeat 2
    """
    names, figures = (name_a, name_b), figure or ()
    if play:
        asked = turns.wanted(
            a, b, repeat=repeat, seconds=seconds, seed=seed, network=profile, calls=calls, only=only or (),
            browser=browser.value, lang=lang.value,
        )  # fmt: skip
        turns.play_turns(asked, out, console)
        comparison = turns.compare_turns(asked, out, names, figures, flake_budget)
    else:
        comparison = comparing.compare_runs(Path(a), Path(b), names, figures, flake_budget)
    with unheard(console):
        for line in comparing.told(comparison, out, lang.value):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
    raise typer.Exit(int(comparing.exit_code(comparison)))


@app.command()
def history(
    runs: Annotated[list[Path] | None, typer.Argument(help="Run folders, or folders with runs, to be kept.")] = None,
    release: Annotated[str, typer.Option(help="What the tested release of these runs is called.")] = "",
    db: Annotated[Path, typer.Option(help="The file that runs are kept in.")] = Path("history.sqlite"),
    target: Annotated[str, typer.Option(help="Show only runs of this target.")] = "",
    last: Annotated[int | None, typer.Option(min=1, help="Show only so many newest runs.")] = None,
    page: Annotated[Path, typer.Option(help="Where the page of trends is written.")] = Path("history.html"),
    lang: Annotated[Lang, typer.Option(help="Language of the page.")] = Lang.DE,
) -> None:
    """Keep runs, and draw what became of every check and figure over time.

    Examples: pruefstand history runs · pruefstand history runs/RUN --release 2.1 · pruefstand history --last 30
    """
    with unheard(console):
        for line in keep_and_draw(runs or (), db, page, lang.value, release=release, target=target, last=last):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
