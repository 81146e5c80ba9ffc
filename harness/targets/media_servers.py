"""Private instances of the real media servers: Janus as SFU, coturn as TURN, with nothing shared.

They are on loopback, unless people come to them from other hosts: then media and relay are at an address of this host.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from harness.net_ports import free_ports, own_address
from harness.processes import Child, ProcessRegister
from harness.provision.janus import libraries_of
from harness.provision.needs import find_program
from harness.targets.certificates import write_dtls_certificate
from harness.targets.protocol import SfuAdmin
from harness.wait import wait_for_port

LOOPBACK = "127.0.0.1"
_JANUS = """general: {{
    configs_folder = "{folder}"
    plugins_folder = "{libraries}/plugins"
    transports_folder = "{libraries}/transports"
    events_folder = "{libraries}/events"
    loggers_folder = "{libraries}/loggers"
    interface = "{address}"
    api_secret = "{api_secret}"
    admin_secret = "{admin_secret}"
    server_name = "{control}"
    debug_level = 4
    debug_colors = false
    hide_dependencies = true
}}
certificates: {{
    cert_pem = "{folder}/dtls.pem"
    cert_key = "{folder}/dtls.key"
}}
media: {{ rtp_port_range = "{first}-{last}" }}
nat: {{
    ice_enforce_list = "{address}"
    ignore_mdns = true
    ice_lite = false
}}
plugins: {{ disable = "{disabled_plugins}" }}
transports: {{ disable = "{disabled_transports}" }}
loggers: {{ disable = "libjanus_jsonlog.so" }}
events: {{ broadcast = false }}
"""

_PLUGINS = ("audiobridge", "duktape", "echotest", "lua", "nosip", "recordplay", "sip", "streaming", "textroom",
            "videocall", "voicemail")  # fmt: skip
_TRANSPORTS = ("http", "mqtt", "nanomsg", "pfunix", "rabbitmq")


@dataclass(frozen=True, slots=True)
class Sfu:
    """A running Janus: where its WebSocket API listens, with which secrets; ``admin`` is for the bench alone."""

    child: Child
    port: int
    url: str
    api_secret: str
    room_secret: str
    control: str
    admin: SfuAdmin
    address: str = LOOPBACK  # of its API; its media may be elsewhere


@dataclass(frozen=True, slots=True)
class Turn:
    """A running coturn, listening at ``address``."""

    child: Child
    port: int
    tls_port: int
    urls: tuple[str, ...]
    secret: str
    control: str
    address: str = LOOPBACK

    @property
    def tcp_ports(self) -> tuple[int, int]:
        """Where it listens for TCP and TLS."""
        return self.port, self.tls_port


def wait_until_open(*servers: Sfu | Turn) -> None:
    """Waits until all of them accept connections. Raises ``TargetError`` naming the one that does not."""
    for server in servers:
        wait_for_port(server.child, server.address, server.port)


def start_janus(register: ProcessRegister, folder: Path, logs: Path, address: str = LOOPBACK) -> Sfu:
    """Starts Janus with only VideoRoom and WebSocket transport, without waiting for it. Raises ``TargetError``.

    Media comes to ``address``; its API is on loopback always, for the deployment and the bench alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, admin_port = free_ports(2)
    api_secret, room_secret, admin_secret, control = (secrets.token_urlsafe(24) for _ in range(4))
    control = f"pruefstand-{control}"  # Janus keeps its server's name in memory
    libraries = libraries_of(find_program("janus") or "/usr/bin/janus")
    write_dtls_certificate(folder / "dtls.pem", folder / "dtls.key")
    (folder / "janus.jcfg").write_text(
        _JANUS.format(
            folder=folder,
            address=address,
            libraries=libraries,
            api_secret=api_secret,
            admin_secret=admin_secret,
            control=control,
            first=20000,
            last=29999,
            disabled_plugins=",".join(f"libjanus_{name}.so" for name in _PLUGINS),
            disabled_transports=",".join(f"libjanus_{name}.so" for name in _TRANSPORTS),
        )
    )
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ json = "plain"\n ws = true\n ws_port = {port}\n ws_ip = "127.0.0.1"\n wss = false }}\n'
        f'admin: {{ admin_ws = true\n admin_ws_port = {admin_port}\n admin_ws_ip = "127.0.0.1"\n admin_wss = false }}\n'
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: {}\n")
    child = register.start("janus", ["janus", "-F", str(folder)], logs / "janus.log")
    admin = SfuAdmin(f"ws://127.0.0.1:{admin_port}", admin_secret, room_secret)
    return Sfu(child, port, f"ws://127.0.0.1:{port}", api_secret, room_secret, control, admin)


def start_coturn(register: ProcessRegister, folder: Path, logs: Path, address: str = LOOPBACK) -> Turn:
    """Starts coturn with short-lived credentials (TURN REST API), without waiting. Raises ``TargetError``.

    It is reached by UDP, TCP and TLS; the certificate is self-signed, so that a browser takes TLS only when told to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, tls_port = free_ports(2)
    write_dtls_certificate(folder / "tls.pem", folder / "tls.key")
    secret, control = secrets.token_urlsafe(24), f"pruefstand-{secrets.token_hex(12)}.invalid"
    config = folder / "turnserver.conf"
    relay = own_address() if address == LOOPBACK else address
    config.write_text(
        f"listening-ip={address}\nrelay-ip={relay}\nlistening-port={port}\nmin-port=30000\nmax-port=31999\n"
        f"use-auth-secret\nstatic-auth-secret={secret}\nrealm={control}\nno-cli\nno-dtls\nfingerprint\n"
        f"tls-listening-port={tls_port}\ncert={folder}/tls.pem\npkey={folder}/tls.key\n"
        "cipher-list=ECDHE+AESGCM:ECDHE+CHACHA20\n"  # what BSI TR-02102-2 recommends of TLS 1.2
        f"allow-loopback-peers\nuserdb={folder}/turndb\npidfile={folder}/turnserver.pid\nlog-file=stdout\n"
    )
    child = register.start("coturn", ["turnserver", "-c", str(config)], logs / "coturn.log")
    urls = (
        f"turn:{address}:{port}?transport=udp",
        f"turn:{address}:{port}?transport=tcp",
        f"turns:{address}:{tls_port}?transport=tcp",
    )
    return Turn(child, port, tls_port, urls, secret, control, address)
