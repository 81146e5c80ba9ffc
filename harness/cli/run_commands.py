"""``verify``, ``judge``, ``report``: a deployment is looked at, and what was seen is judged."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import listing
from harness.cli.app import BrowserName, Lang, LangOption, RunFolder, app, console, show
from harness.cli.capacity import stored
from harness.cli.ci import GithubOption, MetricsOption, Wanted, tell
from harness.cli.conclude import chosen_checks, conclude
from harness.cli.progress import Progress
from harness.cli.show_capacity import show_capacity
from harness.deadline import STORY
from harness.run import Plan, observe
from harness.targets.registry import find_target
from reports.ci.github import annotations


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
    story_minutes: Annotated[float, typer.Option(min=1, help="How long a story may take before it is ended.")] = (
        STORY / 60
    ),
    github: GithubOption = None,
    metrics: MetricsOption = None,
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
        browser=browser.value, headed=headed, out=out, lang=lang.value, limit=60 * story_minutes,
    )  # fmt: skip
    with Progress(console) as progress:
        folder = observe(plan, progress.bus)
        concluded = conclude(folder, progress.bus)
    show(concluded, Wanted(github, metrics))


@app.command()
def judge(
    run: RunFolder,
    bands: Annotated[Path | None, typer.Option(help="Of a quality run: what is good and bad, a FILE.toml.")] = None,
    lang: LangOption = None,
    github: GithubOption = None,
    metrics: MetricsOption = None,
) -> None:
    """Judge the stored evidence of a run again, with the checks of today; of a capacity run, say its result again."""
    if capacity_run := stored(run, lang.value if lang else None):
        show_capacity(run, *capacity_run, Wanted(github, metrics))
    with Progress(console) as progress:
        concluded = conclude(run, progress.bus, lang=lang.value if lang else None, bands=bands)
    show(concluded, Wanted(github, metrics))


@app.command()
def report(run: RunFolder, lang: LangOption = None, github: GithubOption = None, metrics: MetricsOption = None) -> None:
    """Write the reports of a run again, for example in the other language, and the files for CI servers."""
    if capacity_run := stored(run, lang.value if lang else None):
        show_capacity(run, *capacity_run, Wanted(github, metrics))
    with Progress(console) as progress:
        concluded = conclude(run, progress.bus, lang=lang.value if lang else None)
    for name, path in concluded.reports.items():
        console.print(f"{name}: {path}", soft_wrap=True)
    tell(console, run, annotations(concluded.source), Wanted(github, metrics))
