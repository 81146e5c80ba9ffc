"""How KIDs and base keys are laid out by RFC 9605 section 5: the sender's ratchet, and MLS."""

from dataclasses import dataclass

from harness.model.errors import WireError
from harness.wire.sframe import LIMIT, CipherSuite, expand, extract


def next_base_key(suite: CipherSuite, base_key: bytes) -> bytes:
    """One step of the ratchet (section 5.1): Nh bytes from which the old base key cannot be had."""
    return expand(suite, extract(suite, base_key), b"SFrame 1.0 Ratchet", suite.nh)


@dataclass(frozen=True, slots=True)
class RatchetKid:
    """Key generation and ratchet step modulo 2^R (section 5.1)."""

    generation: int
    step: int


def build_ratchet_kid(generation: int, step: int, step_bits: int) -> int:
    """(generation << R) + (step mod 2^R). Raises ``WireError`` where a field is negative or the KID needs 65 bits."""
    if generation < 0 or step < 0:
        raise WireError("SFrame: generation and ratchet step are not negative")
    return _in_range((generation << _bits(step_bits)) + step % (1 << step_bits))


def parse_ratchet_kid(kid: int, step_bits: int) -> RatchetKid:
    """The fields of a ratchet KID. Raises ``WireError`` for a KID out of range."""
    return RatchetKid(_in_range(kid) >> _bits(step_bits), kid % (1 << step_bits))


@dataclass(frozen=True, slots=True)
class MlsKid:
    """Context, sender's leaf index and epoch modulo 2^E (section 5.2)."""

    context: int
    index: int
    epoch: int


def build_mls_kid(context: int, index: int, epoch: int, *, epoch_bits: int, index_bits: int) -> int:
    """(context << (S+E)) + (index << E) + (epoch mod 2^E). Raises ``WireError`` where a field does not fit."""
    if context < 0 or epoch < 0 or not 0 <= index < 1 << _bits(index_bits):
        raise WireError(f"SFrame: context, epoch or the index {index} do not fit an MLS KID of {index_bits} index bits")
    return _in_range((((context << index_bits) + index) << _bits(epoch_bits)) + epoch % (1 << epoch_bits))


def parse_mls_kid(kid: int, *, epoch_bits: int, index_bits: int) -> MlsKid:
    """The fields of an MLS KID. Raises ``WireError`` for a KID out of range."""
    upper = _in_range(kid) >> _bits(epoch_bits)
    return MlsKid(upper >> _bits(index_bits), upper % (1 << index_bits), kid % (1 << epoch_bits))


def _in_range(kid: int) -> int:
    if not 0 <= kid < LIMIT:
        raise WireError("SFrame: KID and CTR are numbers from 0 to 2^64-1")
    return kid


def _bits(width: int) -> int:
    if not 0 <= width <= 64:
        raise WireError(f"SFrame: a KID has no field of {width} bits")
    return width
