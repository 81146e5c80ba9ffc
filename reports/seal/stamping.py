"""RFC 3161 time stamps, with the openssl program: asked for by HTTP, looked at against an authority's certificate."""

import base64
import binascii
import subprocess
import tempfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from harness.model.errors import SealError
from reports.seal.manifest import Timestamp

SECONDS = 30.0
LARGEST = 256 * 1024  # bytes of an answer; one with its certificates has 5 kB
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, 3.4


def stamp(digest: str, url: str) -> str:
    """The authority's answer for a SHA-256 (hex), in base64. Raises ``SealError`` where there is none."""
    if not url.startswith(("http://", "https://")):
        raise SealError(f"{url} is no address of a time-stamp authority: it begins with https:// or http://.")
    query = _openssl("ts", "-query", "-digest", digest, "-sha256", "-cert")
    try:
        with urlopen(Request(url, data=query, headers={"Content-Type": _QUERY}), timeout=SECONDS) as answer:
            token: bytes = answer.read(LARGEST + 1)
    except (URLError, OSError, ValueError) as error:
        raise SealError(
            f"The time-stamp authority {url} cannot be reached ({error}): seal without --timestamp-url."
        ) from error
    if len(token) > LARGEST or not time_of(token):
        raise SealError(f"The time-stamp authority {url} sent no time stamp.")
    return base64.b64encode(token).decode()


def time_of(token: bytes) -> str:
    """When an answer says that it was given; empty where it is none. Who gave it is not looked at here."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.tsr"
        file.write_bytes(token)
        try:
            text = _openssl("ts", "-reply", "-in", str(file), "-text").decode("utf-8", "replace")
        except _Refused:
            return ""
    lines = [line.partition(": ") for line in text.splitlines()]
    granted = any(name == "Status" and value.startswith("Granted") for name, _, value in lines)
    return next((value.strip() for name, _, value in lines if granted and name == "Time stamp"), "")


def verify_stamp(stamped: Timestamp, digest: str, authority: Path) -> str:
    """When the authority whose certificate (PEM) is given saw these files. Raises ``SealError`` where it did not."""
    if stamped.digest != digest:
        raise SealError("The time stamp is of other files.")
    try:
        token = base64.b64decode(stamped.token, validate=True)
    except binascii.Error as error:
        raise SealError("The time stamp cannot be read.") from error
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.tsr"
        file.write_bytes(token)
        try:
            _openssl("ts", "-verify", "-digest", digest, "-in", str(file), "-CAfile", str(authority))
        except _Refused as error:
            raise SealError(f"The time stamp is not by the authority of {authority}.") from error
    return time_of(token)


class _Refused(SealError):
    """openssl ended with an error."""


def _openssl(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["openssl", *arguments], capture_output=True, timeout=SECONDS, check=True)
    except FileNotFoundError as error:
        raise SealError("Time stamps need the openssl program: install the package openssl.") from error
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise _Refused("openssl refused the time stamp.") from error
    return done.stdout
