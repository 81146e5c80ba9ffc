"""The same impairments in the words of the kernel's own ``netem``, for machines that have it (tc-netem(8)).

The bench's links do not need it, and many kernels lack it. It shapes what leaves a device, so each direction of a link
needs a device of its own. What it cannot say is an error, never left out.
"""

import math
import shutil
import subprocess

from harness.model.errors import NetworkError
from harness.model.sentence import Sentence
from harness.net import namespaces
from harness.net.impairment import GilbertElliott, Impairment, Uniform

_LIMIT = 100_000  # packets, where only the delay holds them


def why_not() -> Sentence | None:
    """None where the kernel has ``netem``, tried in a namespace that is thrown away."""
    tc = shutil.which("tc")
    if tc is None:
        return Sentence(
            de="Das Programm tc (Paket iproute2) fehlt.", en="The program tc (package iproute2) is missing."
        )
    try:
        tried = namespaces.in_a_thread(lambda: _try(tc))
    except OSError as error:
        return Sentence(de=f"Kein eigenes Netz: {error.strerror}.", en=f"No network of our own: {error.strerror}.")
    if tried.returncode == 0:
        return None
    said = tried.stderr.strip().rstrip(".")
    return Sentence(de=f"Dieser Kernel hat kein netem ({said}).", en=f"This kernel has no netem ({said}).")


def commands(impairment: Impairment, device: str = namespaces.DEVICE) -> list[list[str]]:
    """What makes packets that leave ``device`` suffer this. Raises ``NetworkError`` for what netem has no words for."""
    unsaid = [
        name
        for name, is_asked in (
            ("a pattern of losses", impairment.loss is not None and _loss(impairment) == []),
            ("blocking UDP", impairment.blocks_udp),
        )
        if is_asked
    ]
    if unsaid:
        raise NetworkError(f"netem cannot do {' and '.join(unsaid)}: use the bench's own links.")
    if impairment.is_clear:
        return [["tc", "qdisc", "del", "dev", device, "root"]]
    words: list[str] = []
    if impairment.delay_ms:
        words += [
            "delay",
            f"{impairment.delay_ms:g}ms",
            *([f"{impairment.jitter_ms:g}ms"] * bool(impairment.jitter_ms)),
        ]
    words += ["loss", "100%"] if impairment.outage else _loss(impairment)
    for name, share in (("duplicate", impairment.duplicate), ("reorder", impairment.reorder)):
        words += [name, _percent(share)] if share else []
    limit = _LIMIT
    if impairment.rate_kbit is not None:
        words += ["rate", f"{impairment.rate_kbit:g}kbit"]
        held = (impairment.queue_s + impairment.delay_ms / 1000) * impairment.rate_kbit * 1000 / 8
        limit = max(1, math.ceil(held / namespaces.MTU))  # netem counts packets, and those in the delay, too
    return [["tc", "qdisc", "replace", "dev", device, "root", "netem", *words, "limit", str(limit)]]


def _loss(impairment: Impairment) -> list[str]:
    loss = impairment.loss
    if isinstance(loss, Uniform):
        return ["loss", "random", _percent(loss.p)]
    if isinstance(loss, GilbertElliott):
        shares = (loss.to_bad, loss.to_good, loss.bad_loss, loss.good_loss)
        return ["loss", "gemodel", *(_percent(share) for share in shares)]
    return []


def _percent(share: float) -> str:
    return f"{share * 100:g}%"


def _try(tc: str) -> "subprocess.CompletedProcess[str]":
    namespaces.leave()
    return subprocess.run(
        [tc, "qdisc", "add", "dev", "lo", "root", "netem"], capture_output=True, text=True, check=False
    )
