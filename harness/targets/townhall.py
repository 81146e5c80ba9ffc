"""The embedded target: the reference town hall, started by the bench with a real SFU, TURN server and mail server."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from harness.events import EventBus
from harness.net_ports import free_ports
from harness.processes import ProcessRegister, wait_for_line
from harness.targets.certificates import write_dtls_certificate
from harness.targets.checkout import OWN, Checkout
from harness.targets.media_servers import LOOPBACK, start_coturn, start_janus, wait_until_open
from harness.targets.protocol import (
    Appointment,
    Declaration,
    Observables,
    SeededFlaw,
    ServerProcess,
    Service,
    StreamName,
    TlsEndpoint,
    WireTap,
)
from harness.targets.townhall_extras import TownhallExtras
from harness.targets.townhall_hostile import TownhallHostile
from harness.targets.townhall_journey import TownhallJourney
from harness.targets.townhall_office import TownhallOffice
from harness.wait import wait_until
from townhall.flaws import FLAWS

_RECORDING = re.compile(
    r"^(?P<appointment>.+)-(?P<role>citizen|clerk|guest)-(?P<screen>screen-)?(?P<segment>\d+)-(?:audio|video)-\d+\.mjr"
)
CLERKS = {"winterbach": "haug", "kernen": "maier"}  # of the tenants' files
DIRECT = Service("winterbach", "wohnsitz")  # only the story of the direct path books it


class TownhallDeployment:
    """A running town hall with everything that belongs to it."""

    def __init__(
        self,
        register: ProcessRegister,
        base_url: str,
        password: str,
        observables: Observables,
        journey: TownhallJourney,
        office: TownhallOffice | None = None,
        direct: Service | None = None,
    ) -> None:
        self._register = register
        self.password = password
        self.base_url = base_url
        self.observables = observables
        self.journey = journey
        self.extras = TownhallExtras(journey)
        self.office = office
        self.direct = direct
        self.hostile = TownhallHostile()

    def stream_of(self, file: Path) -> StreamName | None:
        """The town hall names recordings ``<appointment>-<role>[-screen]-<n>``, and Janus adds the medium."""
        found = _RECORDING.match(file.name)
        if not found:
            return None
        return StreamName(found["appointment"], found["role"], int(found["segment"]), bool(found["screen"]))

    def settle(self, appointment: Appointment) -> None:
        """Waits until the SFU has closed the appointment's recordings: no process has them open any more."""
        folder = self.observables.recordings
        if folder is None:
            return
        janus = next((process.pid for process in self.observables.processes if process.name == "janus"), 0)

        def closed() -> bool:
            names = [Path(f"/proc/{janus}/fd") / fd for fd in _listdir(f"/proc/{janus}/fd")]
            open_files = {str(_readlink(name)) for name in names}
            return not any(appointment.id in file and ".mjr" in file for file in open_files)

        wait_until(closed, "Closing of the recordings by the SFU", 10)

    def stop(self) -> None:
        """Ends all servers."""
        self._register.stop_all()


def _listdir(folder: str) -> list[str]:
    try:
        return [entry.name for entry in Path(folder).iterdir()]
    except OSError:
        return []


def _readlink(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


class TownhallTarget:
    """``townhall``: the default target."""

    name = "townhall"
    summary = "The reference town hall with Janus, coturn and a mail server, started by the bench itself."
    declaration = Declaration(
        codecs={"audio": "opus", "video": "vp9"},
        frame_format="SFrame (RFC 9605), suite 0005",
        frame_profile="sframe",
        tenants=("winterbach", "kernen"),
        hosts=("127.0.0.1",),
        storage=("amt", "termin", "gast", "sprache"),
        retention_days=30,
        consent={"camera": "#geraete-pruefen", "microphone": "#geraete-pruefen", "screen": "#bildschirm"},
        lock="#lock[data-locked=true]",
    )
    flaws: Mapping[str, SeededFlaw] = {
        flaw.name: SeededFlaw(flaw.name, flaw.en, flaw.expects) for flaw in FLAWS.values()
    }

    def __init__(
        self,
        more: Mapping[str, object] | None = None,
        *,
        recorder: bool = True,
        address: str = LOOPBACK,
        checkout: Checkout = OWN,
    ) -> None:
        """``more`` are further settings of the town hall's configuration file, by name.

        Without the ``recorder`` the media server keeps no packets for the bench: then it works as it does elsewhere.
        ``address`` is where media, relay and pages are for people on other hosts. The pages still name loopback as
        their place: a browser on another host is given a way from its own loopback to there, and has a secure context
        (W3C Secure Contexts 3.1) without a certificate. ``checkout`` is whose town hall is started: another release's
        must be one that knows these settings, and whose pages are used as today's are.
        """
        self._checkout = checkout
        self._more = dict(more or {})
        self._recorder = recorder
        self._address = address
        if address != LOOPBACK:
            self.declaration = replace(self.declaration, hosts=(*self.declaration.hosts, address))

    def start(self, workdir: Path, events: EventBus, *, flaw: str = "", port: int = 0) -> TownhallDeployment:
        """Starts Janus, coturn, the mail server and the town hall, in this order. Raises ``TargetError``."""
        workdir.mkdir(parents=True, exist_ok=True)
        workdir.chmod(0o700)
        logs = workdir / "logs"
        register = ProcessRegister(workdir / "processes.json")
        try:
            return self._start(workdir, logs, register, events, flaw, port)
        except BaseException:
            register.stop_all()
            raise

    def _start(
        self, workdir: Path, logs: Path, register: ProcessRegister, events: EventBus, flaw: str, port: int
    ) -> TownhallDeployment:
        events.tell("target", "starting media server (Janus), TURN server (coturn) and mail server", 0, 2)
        mails, recordings, clock = workdir / "mails", workdir / "recordings", workdir / "clock"
        mails.mkdir()
        recordings.mkdir()
        clock.write_text("0\n")
        python = [self._checkout.python, "-m", "townhall"]
        sink = register.start(
            "mail server",
            [*python, "mailsink", "--host", "127.0.0.1", "--port", "0", "--dir", str(mails)],
            logs / "mailsink.log", speaks=True, cwd=self._checkout.root,
        )  # fmt: skip
        sfu = start_janus(register, workdir / "janus", logs, self._address)
        turn = start_coturn(register, workdir / "coturn", logs, self._address)
        wait_until_open(sfu, turn)
        smtp_port = int(wait_for_line(sink, "ready ").rsplit(":", 1)[1].strip("/ "))
        events.tell("target", "starting the town hall", 1, 2)
        control = f"pruefstand-{secrets.token_hex(12)}"
        password, operator_password = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        database, log = workdir / "townhall.sqlite", logs / "townhall.jsonl"
        # Pages are also served by TLS, for whoever looks at that; the browsers come without, and need trust nobody.
        (secure_port,) = free_ports(1)
        certificate, key = workdir / "web.pem", workdir / "web.key"
        write_dtls_certificate(certificate, key)
        tls = {"tls_port": secure_port, "tls_certificate": str(certificate), "tls_key": str(key)}
        settings = {
            "host": "127.0.0.1", "port": port, "database_url": f"sqlite:///{database}",
            "secret_key": control + secrets.token_hex(24),
            "clock_file": str(clock), "clerk_password": password, "log_file": str(log),
            "tenants_dir": str(workdir / "tenants"), "operator_password": operator_password,
            "smtp_host": "127.0.0.1", "smtp_port": smtp_port, "janus_url": sfu.url, "janus_api_secret": sfu.api_secret,
            "janus_room_secret": sfu.room_secret, "turn_urls": list(turn.urls),
            "turn_secret": turn.secret, "direct_path": ["/".join(DIRECT)], "flaw": flaw, **tls,
            **({"record_dir": str(recordings)} if self._recorder else {}), **self._elsewhere(port), **self._more,
        }  # fmt: skip
        config = workdir / "townhall.toml"
        config.touch(mode=0o600)
        config.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items()))
        hall = register.start(
            "townhall", [*python, "serve", "--config", str(config)], logs / "townhall.out", speaks=True,
            cwd=self._checkout.root,
        )  # fmt: skip
        base_url = wait_for_line(hall, "ready ").split()[1].rstrip("/").replace("//0.0.0.0:", f"//{LOOPBACK}:")
        events.tell("target", f"the town hall answers at {base_url}", 2, 2)
        observables = Observables(
            recordings=recordings,
            mails=mails,
            logs={"townhall": log, "janus": sfu.child.log, "coturn": turn.child.log},
            databases={"townhall": database},
            processes=(
                ServerProcess("janus", sfu.child.pid, sfu.control),
                ServerProcess("coturn", turn.child.pid, turn.control),
                ServerProcess("mail server", sink.pid, str(mails)),
                ServerProcess("townhall", hall.pid, control),
            ),
            controls={
                "log:townhall": '"event"', "log:janus": "VideoRoom", "log:coturn": turn.control,
                "database:townhall": "winterbach",
            },
            receivers=sfu.admin,
            tls=(
                TlsEndpoint("web", "127.0.0.1", secure_port),
                TlsEndpoint("wss", "127.0.0.1", secure_port),
                TlsEndpoint("turns", turn.address, turn.tls_port),
            ),
            wire=(
                WireTap("lo", (sfu.child.pid, turn.child.pid), turn.tcp_ports) if self._address == LOOPBACK else None
            ),
            metrics=f"{base_url}/metrics",
            secrets=(
                password, operator_password, str(settings["secret_key"]), sfu.api_secret, sfu.room_secret, turn.secret,
            ),
        )  # fmt: skip
        journey = TownhallJourney(base_url, CLERKS, password, mails, clock, operator_password)
        office = TownhallOffice(journey, base_url, mails)
        return TownhallDeployment(register, base_url, password, observables, journey, office, DIRECT)

    def _elsewhere(self, port: int) -> dict[str, object]:
        """Settings with which pages listen for other hosts, too, and call themselves loopback."""
        if self._address == LOOPBACK:
            return {}
        (own,) = (port,) if port else free_ports(1)
        return {"host": "0.0.0.0", "port": own, "base_url": f"http://{LOOPBACK}:{own}"}
