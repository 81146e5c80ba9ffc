"""The browsers by name: which party uses which engine, how each is started, and what it cannot do."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from playwright.sync_api import Browser, Playwright

from harness.media.shared import SHARED_TITLE
from harness.model.errors import ProvisionError
from harness.provision.needs import find

Engine = Literal["chromium", "firefox"]

# The town hall says what its desks have; what a citizen has is the citizen's choice.
CHOICES: Mapping[str, Mapping[str, Engine]] = MappingProxyType(
    {
        "chromium": {},
        "firefox": {"citizen": "firefox", "clerk": "firefox", "guest": "firefox"},
        "mixed": {"citizen": "firefox"},
    }
)

CHROMIUM_ARGUMENTS = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
    "--use-fake-device-for-media-stream",
    f"--auto-select-tab-capture-source-by-title={SHARED_TITLE}",
)
FIREFOX_SETTINGS: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,  # nobody is there to answer its question; devices.js does
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.peerconnection.ice.loopback": True,
}
# A browser whose WebRTC sends nothing by UDP, as on a line that blocks it: what is left is TCP to a relay.
# The switch has two names, of newer and of older builds.
CHROMIUM_WITHOUT_UDP = tuple(
    f"--{name}=disable_non_proxied_udp" for name in ("webrtc-ip-handling-policy", "force-webrtc-ip-handling-policy")
)
# Firefox has none for its way to the relay: where it takes UDP to there, the trial says so and judges nothing.
FIREFOX_WITHOUT_UDP: dict[str, str | float | bool] = {"media.peerconnection.ice.relay_only": True}


def engine_of(choice: str, party: str) -> Engine:
    """The engine that a party uses when the run was started with the browser ``choice``."""
    return CHOICES[choice].get(party, "chromium")


def launch(
    playwright: Playwright,
    engine: Engine,
    state: Path,
    *,
    headed: bool,
    camera: Path,
    microphone: Path | None,
    udp: bool = True,
    through: Callable[[str], Path] | None = None,
) -> Browser:
    """Starts a browser; the files are for Chromium's fake devices, which beep by themselves without a ``microphone``.

    Raises playwright's ``Error`` or ``ProvisionError``.
    ``state`` is where the launcher keeps what it installed; without ``udp`` WebRTC gets along by TCP. ``through`` gives
    the program that is started in place of the browser's own, such as one that enters another host first.
    """
    program = find(engine, state)
    if program is None:
        raise ProvisionError(f"The browser {engine} is not on this machine: start './pruefstand' again to install it.")
    program = str(through(program)) if through else program
    if engine == "firefox":
        settings = FIREFOX_SETTINGS if udp else FIREFOX_SETTINGS | FIREFOX_WITHOUT_UDP
        return playwright.firefox.launch(
            channel="moz-firefox", executable_path=program, headless=not headed, firefox_user_prefs=settings
        )
    arguments = [*CHROMIUM_ARGUMENTS, f"--use-file-for-fake-video-capture={camera}"]
    if not udp:
        arguments += CHROMIUM_WITHOUT_UDP
    if microphone:
        arguments.append(f"--use-file-for-fake-audio-capture={microphone}")
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to sandbox for root
    return playwright.chromium.launch(executable_path=program, headless=not headed, args=arguments)
