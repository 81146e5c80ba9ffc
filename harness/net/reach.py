"""Whether this machine lets the bench make hosts of its own, and if not, why not."""

import os
import shutil
import sys
from functools import cache

from harness.model.sentence import Sentence
from harness.net import namespaces


@cache
def why_not() -> Sentence | None:
    """None when namespaces and their devices can be made, for one was made; otherwise what is missing."""
    if not sys.platform.startswith("linux"):
        return Sentence(
            de="Netze mit bekannten Störungen gibt es nur unter Linux.",
            en="Networks with known impairments are made on Linux only.",
        )
    if shutil.which("nsenter") is None:
        return Sentence(
            de="Das Programm nsenter (Paket util-linux) fehlt; ohne es läuft kein Browser in einem eigenen Netz.",
            en="The program nsenter (package util-linux) is missing; without it no browser gets a network of its own.",
        )
    if not os.path.exists("/dev/net/tun"):
        return Sentence(
            de="Das Gerät /dev/net/tun fehlt, ohne das es keine eigenen Netze gibt: modprobe tun.",
            en="The device /dev/net/tun is missing, without which there are no networks of our own: modprobe tun.",
        )
    try:
        namespaces.make("10.77.0.1").close()
    except OSError as error:
        return Sentence(
            de=f"Eigene Netze brauchen die Rechte von root (CAP_SYS_ADMIN und CAP_NET_ADMIN): {error.strerror}.",
            en=f"Networks of our own need root's rights (CAP_SYS_ADMIN and CAP_NET_ADMIN): {error.strerror}.",
        )
    return None
