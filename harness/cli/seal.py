"""``pruefstand seal`` and ``pruefstand verify-seal``."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from harness.cli.capacity import KIND, stored
from harness.cli.conclude import conclude
from harness.cli.printed import PRINTED, print_anew
from harness.events import EventBus
from harness.model.errors import SealError
from harness.model.exit_code import ExitCode
from harness.store import read_run
from harness.sweep import sweep
from reports.seal import keys, stamping
from reports.seal.bundle import write_bundle
from reports.seal.folder import Redactions, redact_run
from reports.seal.manifest import subjects_digest
from reports.seal.names import shown
from reports.seal.sealing import seal_run
from reports.seal.verifying import verify
from reports.seal.words import headline, sentence
from reports.write import replace_file

VERDICTS = "verdicts.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a run is to be sealed. ``secrets`` is a file with one password a line, to be blotted out beforehand."""

    bundle: Path | None = None
    key: Path | None = None
    secrets: Path | None = None
    timestamp_url: str = ""


def print_public_key(console: Console, key: Path | None) -> None:
    """Prints the public half alone on standard output, so that it can be redirected to a file."""
    private = keys.private_key(key) if key else keys.machine_key()
    console.out(keys.public_pem(private), end="", highlight=False)


def seal(console: Console, folder: Path, wanted: Wanted, events: EventBus) -> None:
    """Redacts, writes the reports anew where that changed something, seals, bundles. Raises ``BenchError``."""
    private = keys.private_key(wanted.key) if wanted.key else keys.machine_key()
    read_run(folder)
    if wanted.bundle and wanted.bundle.resolve().is_relative_to(folder.resolve()):
        raise SealError("The bundle would lie in the run that it holds: name a place outside the run folder.")
    if wanted.secrets:
        _sweep(folder, wanted.secrets)
    before = _evidence(folder)
    redactions = redact_run(folder)
    if wanted.secrets or _evidence(folder) != before or not (folder / VERDICTS).is_file():
        _report_again(folder, events)
    elif print_anew(folder):
        _say(console, f"{PRINTED} was not what the evidence gives: made anew")
    info, _ = read_run(folder)
    stamp = (lambda digest: stamping.stamp(digest, wanted.timestamp_url)) if wanted.timestamp_url else None
    sealed = seal_run(folder, info, private, datetime.now(UTC), stamp)
    _say(console, f"{len(sealed.entries)} files sealed: {folder}")
    for line in _redacted(redactions):
        _say(console, line)
    if wanted.bundle:
        write_bundle(folder, sealed.entries, wanted.bundle)
        _say(console, f"bundle: {wanted.bundle} ({wanted.bundle.stat().st_size / 1e6:.1f} MB)")
    where = wanted.key or keys.machine_key_file()
    _say(
        console,
        f"key: {sealed.key[:16]}…, in {where}; publish its public half: ./pruefstand seal --public-key > key.pem",
    )


def _report_again(folder: Path, events: EventBus) -> None:
    """A capacity run has reports of its own, and nothing in it for the checks to judge."""
    info, _ = read_run(folder)
    if info.get("kind") != KIND:
        conclude(folder, events)
    elif info.get("complete"):
        stored(folder, None)


def verify_seal(console: Console, what: Path, key: Path | None, authority: Path | None, lang: str) -> ExitCode:
    """Says whether the seal holds, and names what was changed. 0 it holds, 1 it does not. Raises ``SealError``."""
    found = verify(what, keys.public_key(key) if key else _own_public_key())
    console.print(
        headline(found, lang),
        style="green" if found.holds else "bold red",
        soft_wrap=True,
        markup=False,
        highlight=False,
    )
    for difference in found.differences:
        _say(console, f"- {sentence(difference, lang)}")
    if found.holds and found.statement and authority:
        stamped = found.statement.predicate.timestamp
        if stamped is None:
            raise SealError(f"{what} has no time stamp.")
        at = stamping.verify_stamp(stamped, subjects_digest(found.statement.entries), authority)
        _say(console, f"Zeitstempel: {at}" if lang == "de" else f"time stamp: {at}")
    return ExitCode.OK if found.holds else ExitCode.FAILED


def _own_public_key() -> Any:
    file = keys.machine_key_file()
    if not file.exists():
        raise SealError("Name the public key of whoever sealed it with --key: this machine has never sealed anything.")
    return keys.private_key(file).public_key()


def _sweep(folder: Path, secrets: Path) -> None:
    try:
        lines = secrets.read_bytes().splitlines()
    except OSError as error:
        raise SealError(f"{secrets} cannot be read ({error.strerror}).") from error
    swept = sweep(folder, lines)
    file = folder / "run.json"
    info = json.loads(file.read_text("utf-8"))
    earlier = info.get("swept") or {}
    swept["secrets"] += earlier.get("secrets", 0)
    swept["blotted"] = [*earlier.get("blotted", ()), *swept["blotted"]]
    info["swept"] = swept
    replace_file(file, (json.dumps(info, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode())


def _evidence(folder: Path) -> tuple[bytes, ...]:
    files = (folder / "run.json", folder / "evidence" / "records.jsonl")
    return tuple(file.read_bytes() for file in files if file.is_file())


def _redacted(redactions: Redactions) -> list[str]:
    lines = [f"taken out of {shown(each.file)}: {each.count} x {each.kind}" for each in redactions.redacted]
    if redactions.swept is None:
        return [
            *lines,
            "This run did not look for its own keys and passwords when it ended: name passwords with --secrets FILE.",
        ]
    blotted = sum(each.count for each in redactions.swept.blotted)
    return [
        *lines,
        f"{redactions.swept.secrets} keys and passwords of the run looked for, {blotted} places blotted out",
    ]


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
