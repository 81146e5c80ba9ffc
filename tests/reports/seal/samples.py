"""A small run as it lies in a folder, and its seal."""

import importlib.util
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reports.seal.bundle import write_bundle
from reports.seal.folder import redact_run
from reports.seal.sealing import Sealed, seal_run

ROOT = Path(__file__).resolve().parents[3]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
INFO: dict[str, Any] = {
    "format": 1, "id": "20261123T120000Z-townhall-0a1b2c", "target": "townhall", "complete": True,
    "started": "2026-11-23T12:00:00+00:00", "versions": {"pruefstand": "0.1.0"},
}  # fmt: skip
FILES = {
    "evidence/records.jsonl": b'{"id":"r00001","at":1.0,"seen":{"kind":"tap","vantage":"sfu","state":"ok"}}\n',
    "evidence/winterbach-1/glass-clerk.jpg": bytes(range(256)),
    "evidence/winterbach-1/glass-citizen.jpg": bytes(reversed(range(256))),
    "evidence/winterbach-1/server-citizen-video-0.frames": b"\x00" * 100,
    "evidence/winterbach-1/empty.frames": b"",
    "report.html": "<!doctype html><title>Prüfbericht</title>".encode(),
    "junit.xml": b"<testsuites/>",
    "verdicts.json": b"{}\n",
}


def run_folder(folder: Path, **info: Any) -> Path:
    """Writes a run that has not been sealed."""
    for name, data in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "run.json").write_text(json.dumps(INFO | info, indent=2, sort_keys=True) + "\n")
    return folder


def sealed(folder: Path) -> Sealed:
    """Writes a run and seals it."""
    run_folder(folder)
    redact_run(folder)
    return seal_run(folder, INFO, KEY, MOMENT)


def bundled(folder: Path) -> Path:
    """Writes a run, seals it and makes a bundle of it."""
    done = sealed(folder / "run")
    write_bundle(done.folder, done.entries, folder / "run.zip")
    return folder / "run.zip"


@cache
def alone() -> ModuleType:
    """The checker that needs no bench, as it lies in the documentation."""
    spec = importlib.util.spec_from_file_location("verify_seal", ROOT / "docs" / "verify_seal.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refused_alone(what: Path) -> list[str]:
    """What the checker without the bench has against a folder or bundle."""
    der = PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    checker = alone()
    try:
        wrong, _, _ = (checker.look_at_folder if what.is_dir() else checker.look_at_zip)(what, der)
    except checker.Changed as why:
        return [f"seal.dsse.json: {why}"]
    return list(wrong)
