"""``serve`` and ``pictures``: the town hall to be tried by hand, and photographed."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import listing
from harness.cli.app import app, console
from harness.cli.progress import Progress
from harness.cli.serve import serve_target
from harness.model.exit_code import ExitCode
from harness.pictures.making import make_pictures
from harness.targets.media_servers import LOOPBACK
from harness.targets.registry import find_target


@app.command()
def serve(
    flaw: Annotated[str, typer.Option(help="A seeded flaw to serve.")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the town hall; 0 takes a free one.")] = 8080,
    folder: Annotated[Path | None, typer.Option(help="Where data lies; default: a new folder that is removed.")] = None,
    tenants: Annotated[Path | None, typer.Option(help="Further municipalities: a folder of TOML files.")] = None,
    address: Annotated[str, typer.Option(help="Where other hosts reach it: an address of this one.")] = LOOPBACK,
) -> None:
    """Start the town hall and print its links, to try it by hand; Ctrl-C ends it."""
    listing.known_flaw(flaw, find_target("townhall"))
    serve_target(console, flaw, port, folder, tenants, address)


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
