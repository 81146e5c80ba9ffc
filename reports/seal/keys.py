"""The keys of the seal: one's own from a file, or one that this machine makes when it seals for the first time."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from harness.model.errors import SealError

LARGEST = 64 * 1024  # bytes; a PEM file of one key has 119


def machine_key_file() -> Path:
    """Where this machine's own key lies: below ``$XDG_DATA_HOME``, or ``~/.local/share`` (XDG Base Directory 0.8)."""
    base = os.environ.get("XDG_DATA_HOME", "")
    folder = Path(base) if base.startswith("/") else Path.home() / ".local" / "share"
    return folder / "pruefstand" / "seal-key.pem"


def machine_key() -> Ed25519PrivateKey:
    """This machine's own key, made when there is none: readable by its owner alone. Raises ``SealError``."""
    file = machine_key_file()
    if not file.exists():
        _make(file)
    return private_key(file)


def private_key(file: Path) -> Ed25519PrivateKey:
    """A private key out of a PEM file. Raises ``SealError`` with the mend."""
    data = _read(file)
    try:
        key = load_pem_private_key(data, password=None)
    except TypeError as error:
        raise SealError(f"{file} is protected by a password: decrypt it (openssl pkey -in … -out …).") from error
    except ValueError as error:
        raise SealError(
            f"{file} holds no private key: openssl genpkey -algorithm ed25519 -out FILE makes one."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealError(f"{file} is no Ed25519 key: openssl genpkey -algorithm ed25519 -out FILE makes one.")
    return key


def public_key(file: Path) -> Ed25519PublicKey:
    """A public key out of a PEM file. Raises ``SealError`` with the mend."""
    data = _read(file)
    try:
        key = load_pem_public_key(data)
    except ValueError as error:
        raise SealError(f"{file} holds no public key: './pruefstand seal --public-key' prints one.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise SealError(f"{file} is no Ed25519 key: './pruefstand seal --public-key' prints one.")
    return key


def public_pem(key: Ed25519PrivateKey) -> str:
    """The half that is published."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _make(file: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    part = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(part, file)  # fails where another bench was first: its key is then this machine's
        except FileExistsError:
            pass
        finally:
            part.unlink()
    except OSError as error:
        raise SealError(f"No key can be kept in {file} ({error.strerror}): name one with --key.") from error


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST)
    except OSError as error:
        raise SealError(f"The key {file} cannot be read ({error.strerror}).") from error
