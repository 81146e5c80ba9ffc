"""The TLS scanner against real servers: what they take is named, what they refuse is not."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from harness.model.errors import TargetError
from harness.targets.certificates import write_dtls_certificate
from harness.targets.protocol import TlsEndpoint
from harness.vantage.tls import scan
from townhall.secure import tls_context

OLD = ("TLS 1.0", "TLS 1.1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    write_dtls_certificate(folder / "cert.pem", folder / "key.pem")
    return folder / "cert.pem", folder / "key.pem"


@contextmanager
def serving(context: ssl.SSLContext | None, *, smtp: bool = False) -> Iterator[TlsEndpoint]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                line, _ = server.accept()
                with line, suppress(OSError):
                    if smtp:
                        for said in (b"220 mail\r\n", b"250-mail\r\n250 STARTTLS\r\n", b"220 go on\r\n"):
                            line.sendall(said)
                            line.recv(100) if said != b"220 go on\r\n" else None
                    if context is None:
                        line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    else:
                        context.wrap_socket(line, server_side=True)

        def until_closed() -> None:
            with suppress(OSError):
                serve()

        served = threading.Thread(target=until_closed, daemon=True)
        served.start()
        yield TlsEndpoint("smtp" if smtp else "web", "127.0.0.1", server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
        served.join(5)


def test_town_hall_takes_what_is_recommended_and_nothing_else(certificate: tuple[Path, Path]) -> None:
    with serving(tls_context(*certificate)) as endpoint:
        seen: dict[str, tuple[str, ...]] = {offered.version: offered.suites for offered in scan(endpoint)}
    assert [seen[version] for version in OLD] == [(), ()]
    assert seen["TLS 1.2"]
    assert all("ECDHE" in suite and ("GCM" in suite or "POLY1305" in suite) for suite in seen["TLS 1.2"])
    assert len(seen["TLS 1.3"]) == 3


def test_flaw_takes_old_versions_and_suites_without_forward_secrecy(certificate: tuple[Path, Path]) -> None:
    with serving(tls_context(*certificate, old=True)) as endpoint:
        seen: dict[str, tuple[str, ...]] = {offered.version: offered.suites for offered in scan(endpoint)}
    assert all(seen[version] for version in OLD)
    assert any("CBC" in suite for suite in seen["TLS 1.0"])


def test_mail_server_is_asked_by_starttls(certificate: tuple[Path, Path]) -> None:
    with serving(tls_context(*certificate), smtp=True) as endpoint:
        seen: dict[str, tuple[str, ...]] = {offered.version: offered.suites for offered in scan(endpoint)}
    assert seen["TLS 1.2"]


def test_entrance_without_tls_is_named() -> None:
    with serving(None) as endpoint, pytest.raises(TargetError, match=r"\(web\) no TLS is spoken"):
        scan(endpoint)


def test_nobody_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(TargetError, match=rf"127\.0\.0\.1:{port} \(turns\) did not answer"):
        scan(TlsEndpoint("turns", "127.0.0.1", port))
