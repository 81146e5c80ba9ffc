"""A town hall as bots need it, whoever runs it: where it is, where its mails arrive, and whose desks are theirs.

What bots do there (``load/bots/town.py``, ``light_bot.py``) is the whole of what a town hall must offer them:

1. Pages: ``/TENANT/amt/anmelden`` (a form with ``user``, ``password``, ``csrf``), ``/TENANT/amt/termine`` (appointments
   with ``data-appointment``), ``…/termine/neu`` (a form with ``name``, ``email``, ``service``, ``slot``, ``clerk``),
   ``…/termine/ID/anruf`` and ``/t/LINK`` (the call, with its WebSocket in ``data-ws``).
2. Mails: the invitation to each address, with that link, as a file ``*.eml`` in a folder.
3. Signalling: JSON on that WebSocket: ``join``, ``knock``, ``admit``, ``welcome``, ``publish``, ``published``,
   ``feed``, ``subscribe``, ``offer``, ``answer``, ``candidate``, ``leave`` (``townhall/messages.py``).
4. Media: Opus and VP9 by an SFU that answers each connection on a port of its own, as Janus does.
5. Desks: as many clerks as calls at once, their user names by number, with one password.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from harness.targets.protocol import ServerProcess
from harness.targets.townhall import TownhallDeployment
from load.bots.municipality import DESKS, TENANT
from load.errors import LoadError

PASSWORD = "LOAD_CLERK_PASSWORD"  # the variable's name


@dataclass(frozen=True, slots=True)
class Hall:
    """``desks``: a clerk's user name with ``{}`` for the number; 0 is the one who is kept for the probe.

    ``processes``: those of its servers that can be observed; none of them: what it uses stays unknown.
    """

    url: str
    password: str = field(repr=False)
    mails: Path
    tenant: str = TENANT
    desks: str = DESKS
    service: str = "kita"
    processes: tuple[ServerProcess, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether it runs on this machine, where its servers can be seen and given cores."""
        return bool(self.processes)

    def user(self, number: int) -> str:
        """The clerk of that number, from 1 on."""
        return self.desks.format(number)


def embedded(deployment: TownhallDeployment) -> Hall:
    """The town hall that the bench has started for its bots."""
    mails = deployment.observables.mails
    assert mails is not None, "the embedded town hall keeps its mails"
    return Hall(deployment.base_url, deployment.password, mails, processes=tuple(deployment.observables.processes))


def somebody_elses(
    url: str, mails: Path | None, tenant: str, desks: str, service: str, environment: Mapping[str, str] = os.environ
) -> Hall:
    """A town hall that somebody else runs; the clerks' password comes by the environment, so that no list of processes
    shows it. Raises ``LoadError`` saying what is missing."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise LoadError(f"--url {url} is no town hall's address: give it as https://HOST or http://HOST:PORT.")
    if mails is None or not mails.is_dir():
        raise LoadError("Bots wait for their invitations: name the folder in which its mails arrive (--mails).")
    try:
        if desks.format(1) == desks.format(2):
            raise ValueError
    except (ValueError, LookupError, AttributeError) as error:
        raise LoadError(
            f"--clerk-pattern {desks} names no clerk by number: let {{}} or {{:04}} stand in it once."
        ) from error
    password = environment.get(PASSWORD, "")
    if not password:
        raise LoadError(f"The clerks' password is missing: put it into the environment as {PASSWORD}.")
    return Hall(url.rstrip("/"), password, mails, tenant, desks, service)


def wanted_hall(
    target: str, url: str, mails: Path | None, tenant: str, desks: str, service: str,
    environment: Mapping[str, str] = os.environ,
) -> Hall | None:  # fmt: skip
    """What a command line asks for; None is the embedded town hall. Raises ``LoadError`` saying what is missing."""
    if target != "townhall":
        raise LoadError(
            f"Bots cannot be brought to {target}: what is missing is how they book, open and join there; they know the "
            "pages and signalling of a town hall (--target townhall, elsewhere with --url)."
        )
    if url:
        return somebody_elses(url, mails, tenant, desks, service, environment)
    if mails is not None:
        raise LoadError("--mails belongs to a town hall that somebody else runs: name it, too (--url).")
    return None
