"""``seal``, ``verify-seal``, ``sbom``: what was found cannot be changed unnoticed, and what it was found with."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli.app import Lang, app, console
from harness.cli.progress import Progress
from harness.cli.sbom import sbom as show_sbom
from harness.cli.seal import Wanted as SealWanted
from harness.cli.seal import print_public_key
from harness.cli.seal import seal as seal_folder
from harness.cli.seal import verify_seal as look_at_seal
from harness.model.errors import BenchError


@app.command()
def seal(
    run: Annotated[
        Path | None, typer.Argument(help="A run folder, e.g. runs/20210215T090000Z-townhall-a1b2c3.")
    ] = None,
    bundle: Annotated[Path | None, typer.Option(help="Write the sealed run as one zip, too.")] = None,
    key: Annotated[Path | None, typer.Option(help="Private Ed25519 key (PEM); default: this machine's own.")] = None,
    public_key: Annotated[bool, typer.Option("--public-key", help="Print the public half of the key and end.")] = False,
    secrets: Annotated[Path | None, typer.Option(help="Passwords to blot out first: a FILE, one a line.")] = None,
    timestamp_url: Annotated[str, typer.Option(help="Ask this authority for a time stamp (RFC 3161).")] = "",
) -> None:
    """Redact a run and seal it: a list of every file's SHA-256, signed. See docs/seal.md.

    Exit code: 0 sealed, 2 it cannot be sealed (the sentence names the file).

    Examples: pruefstand seal runs/RUN --bundle run.zip · pruefstand seal --public-key > key.pem
    """
    if public_key:
        print_public_key(console, key)
    elif run is None:
        raise BenchError("Name the run folder to be sealed, or --public-key.")
    else:
        with Progress(console) as progress:
            seal_folder(console, run, SealWanted(bundle, key, secrets, timestamp_url), progress.bus)


@app.command()
def verify_seal(
    what: Annotated[Path, typer.Argument(metavar="RUN|ZIP", help="A sealed run folder, or a bundle.")],
    key: Annotated[Path | None, typer.Option(help="Public key (PEM) of whoever sealed; default: one's own.")] = None,
    timestamp_ca: Annotated[Path | None, typer.Option(help="Certificate of the time stamp's authority (PEM).")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of what is said.")] = Lang.DE,
) -> None:
    """Look whether a sealed run or bundle was changed, and name every file that was.

    Exit code: 0 nothing was changed, 1 something was, 2 it cannot be said (no key, no seal).
    """
    raise typer.Exit(int(look_at_seal(console, what, key, timestamp_ca, lang.value)))


@app.command()
def sbom(
    write: Annotated[bool, typer.Option("--write", help="Write docs/sbom.cdx.json and docs/licences.md.")] = False,
) -> None:
    """Print what the bench is made of, with licences: a CycloneDX bill of materials."""
    show_sbom(console, write=write)
