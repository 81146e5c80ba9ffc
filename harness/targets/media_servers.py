"""Private instances of the real media servers: Janus as SFU, coturn as TURN, on loopback, with nothing shared."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from harness.net_ports import free_ports
from harness.processes import Child, ProcessRegister
from harness.provision.janus import libraries_of
from harness.provision.needs import find_program
from harness.targets.certificates import write_dtls_certificate
from harness.wait import wait_for_port

_JANUS = """general: {{
    configs_folder = "{folder}"
    plugins_folder = "{libraries}/plugins"
    transports_folder = "{libraries}/transports"
    events_folder = "{libraries}/events"
    loggers_folder = "{libraries}/loggers"
    interface = "127.0.0.1"
    api_secret = "{api_secret}"
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
    ice_enforce_list = "127.0.0.1"
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
    """A running Janus: where its WebSocket API listens, with which secrets."""

    child: Child
    port: int
    url: str
    api_secret: str
    room_secret: str
    control: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A running coturn."""

    child: Child
    port: int
    urls: tuple[str, ...]
    secret: str
    control: str


def wait_until_open(*servers: Sfu | Turn) -> None:
    """Waits until all of them accept connections. Raises ``TargetError`` naming the one that does not."""
    for server in servers:
        wait_for_port(server.child, "127.0.0.1", server.port)


def start_janus(register: ProcessRegister, folder: Path, logs: Path) -> Sfu:
    """Starts Janus with only VideoRoom and WebSocket transport, without waiting for it. Raises ``TargetError``."""
    folder.mkdir(parents=True, exist_ok=True)
    (port,) = free_ports(1)
    api_secret, room_secret, control = (secrets.token_urlsafe(24) for _ in range(3))
    control = f"pruefstand-{control}"  # Janus keeps its server's name in memory
    libraries = libraries_of(find_program("janus") or "/usr/bin/janus")
    write_dtls_certificate(folder / "dtls.pem", folder / "dtls.key")
    (folder / "janus.jcfg").write_text(
        _JANUS.format(
            folder=folder,
            libraries=libraries,
            api_secret=api_secret,
            control=control,
            first=20000,
            last=29999,
            disabled_plugins=",".join(f"libjanus_{name}.so" for name in _PLUGINS),
            disabled_transports=",".join(f"libjanus_{name}.so" for name in _TRANSPORTS),
        )
    )
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ json = "plain"\n ws = true\n ws_port = {port}\n ws_ip = "127.0.0.1"\n wss = false }}\n'
        "admin: { admin_ws = false }\n"
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: {}\n")
    child = register.start("janus", ["janus", "-F", str(folder)], logs / "janus.log")
    return Sfu(child, port, f"ws://127.0.0.1:{port}", api_secret, room_secret, control)


def start_coturn(register: ProcessRegister, folder: Path, logs: Path) -> Turn:
    """Starts coturn with short-lived credentials (TURN REST API), without waiting. Raises ``TargetError``."""
    folder.mkdir(parents=True, exist_ok=True)
    (port,) = free_ports(1)
    secret, control = secrets.token_urlsafe(24), f"pruefstand-{secrets.token_hex(12)}.invalid"
    config = folder / "turnserver.conf"
    config.write_text(
        f"listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nlistening-port={port}\nmin-port=30000\nmax-port=31999\n"
        f"use-auth-secret\nstatic-auth-secret={secret}\nrealm={control}\nno-cli\nno-tls\nno-dtls\nfingerprint\n"
        f"allow-loopback-peers\nuserdb={folder}/turndb\npidfile={folder}/turnserver.pid\nlog-file=stdout\n"
    )
    child = register.start("coturn", ["turnserver", "-c", str(config)], logs / "coturn.log")
    urls = (f"turn:127.0.0.1:{port}?transport=udp", f"turn:127.0.0.1:{port}?transport=tcp")
    return Turn(child, port, urls, secret, control)
