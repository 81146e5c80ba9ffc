"""Network namespaces without names, and in each a device whose other end is a descriptor (tuntap.rst, netdevice(7)).

A namespace lives as long as someone holds a descriptor of it: here the bench and whoever runs inside. When the bench is
killed, the kernel takes all of it away; nothing is left in ``/run/netns``. Everything here needs root's rights.
"""

import contextlib
import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

DEVICE = "eth0"  # where there is only a device named tun*, Chromium tells pages that they are offline
MTU = 1500
_QUEUE = 10_000  # packets that wait for the router in a burst
_CLONE_NEWNET = 0x40000000
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_SIOCADDRT, _SIOCSIFFLAGS, _SIOCSIFADDR = 0x890B, 0x8914, 0x8916
_SIOCSIFNETMASK, _SIOCSIFMTU, _SIOCSIFTXQLEN = 0x891C, 0x8922, 0x8943
_IFF_UP, _RTF_UP = 0x1, 0x1
_libc = ctypes.CDLL(None, use_errno=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Namespace:
    """Descriptors of a network namespace and of its device: what is read there was sent inside, and the reverse."""

    handle: int
    tun: int

    def close(self) -> None:
        """Lets the namespace go; it ends with the last process inside."""
        for descriptor in (self.handle, self.tun):
            with contextlib.suppress(OSError):
                os.close(descriptor)


def make(address: str) -> Namespace:
    """A namespace with loopback and a device with this IPv4 address (of a /24). Raises ``OSError``."""

    def inside() -> Namespace:
        leave()
        tun = _device(address)
        return Namespace(os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC), tun)

    return in_a_thread(inside)  # it ends inside: there is no way back that could fail


def in_a_thread(work: Callable[[], T]) -> T:
    """The result of ``work`` in a thread of its own; what it changes about its thread ends with it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def leave() -> None:
    """Puts this thread into an empty namespace, for good. Raises ``OSError``."""
    _call(_libc.unshare(_CLONE_NEWNET), "unshare")


@contextmanager
def inside(handle: int) -> Iterator[None]:
    """This thread, and what it starts, is in the namespace until the end of the block. Raises ``OSError``."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _call(_libc.setns(handle, _CLONE_NEWNET), "setns")
        try:
            yield
        finally:
            _call(_libc.setns(home, _CLONE_NEWNET), "setns")
    finally:
        os.close(home)


def set_address(address: str) -> None:
    """Gives the device of this thread's namespace another address, which takes the one it had, and the way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        name = DEVICE.encode()
        fcntl.ioctl(asker, _SIOCSIFADDR, struct.pack("16s16s8x", name, _sockaddr(address)))
        fcntl.ioctl(asker, _SIOCSIFNETMASK, struct.pack("16s16s8x", name, _sockaddr("255.255.255.0")))
        _default_route(asker)


def dropped() -> int:
    """Packets that the kernel threw away in this thread's namespace because the router did not come to take them."""
    for line in Path("/proc/thread-self/net/dev").read_text("ascii").splitlines():
        name, _, figures = line.partition(":")
        if name.strip() == DEVICE:
            return int(figures.split()[11])
    return 0


def _device(address: str) -> int:
    with contextlib.suppress(OSError):  # without IPv6 there is nothing to switch off
        Path("/proc/sys/net/ipv6/conf/default/disable_ipv6").write_text("1", "ascii")
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        name = DEVICE.encode()
        fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH22x", name, _IFF_TUN | _IFF_NO_PI))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            fcntl.ioctl(asker, _SIOCSIFMTU, struct.pack("16si20x", name, MTU))
            fcntl.ioctl(asker, _SIOCSIFTXQLEN, struct.pack("16si20x", name, _QUEUE))
            for each in (b"lo", name):
                fcntl.ioctl(asker, _SIOCSIFFLAGS, struct.pack("16sH22x", each, _IFF_UP))
        set_address(address)
    except BaseException:
        os.close(tun)
        raise
    return tun


class _RouteEntry(ctypes.Structure):
    """``struct rtentry`` of route.h."""

    _fields_ = (
        ("pad1", ctypes.c_ulong), ("destination", ctypes.c_char * 16), ("gateway", ctypes.c_char * 16),
        ("mask", ctypes.c_char * 16), ("flags", ctypes.c_ushort), ("pad2", ctypes.c_short), ("pad3", ctypes.c_ulong),
        ("pad4", ctypes.c_void_p), ("metric", ctypes.c_short), ("device", ctypes.c_char_p), ("mtu", ctypes.c_ulong),
        ("window", ctypes.c_ulong), ("irtt", ctypes.c_ushort),
    )  # fmt: skip


def _default_route(asker: socket.socket) -> None:
    """Everything goes out by the device: browsers ask the routing table which address is theirs."""
    anywhere = _sockaddr("0.0.0.0")
    entry = _RouteEntry(destination=anywhere, mask=anywhere, gateway=anywhere, flags=_RTF_UP, device=DEVICE.encode())
    fcntl.ioctl(asker, _SIOCADDRT, bytes(entry))


def _sockaddr(address: str) -> bytes:
    return struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))


def _call(result: int, name: str) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
