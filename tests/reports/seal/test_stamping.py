"""A time stamp is asked for, bound by the signature, and believed only from the authority that is named."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from harness.model.errors import SealError
from reports.seal.folder import redact_run
from reports.seal.manifest import Timestamp, subjects_digest
from reports.seal.sealing import seal_run
from reports.seal.stamping import stamp, verify_stamp
from reports.seal.verifying import verify
from tests.reports.seal.samples import INFO, KEY, MOMENT, PUBLIC, refused_alone, run_folder

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program")
EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
CONFIG = """
[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """A time-stamp authority of our own: a certificate for it, and a server that answers as openssl does."""

    def __init__(self, folder: Path, answer: bytes = b"") -> None:
        folder.mkdir()
        self.folder, self.certificate, self.answer = folder, folder / "ca.pem", answer
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "ext").write_text(EXTENSIONS)
        new = "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -batch"
        self.openssl(f"{new} -x509 -keyout ca.key -out ca.pem -subj /CN=CA -days 30")
        self.openssl(f"{new} -keyout tsa.key -out tsa.csr -subj /CN=TSA")
        self.openssl(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out tsa.pem"
        )

    def openssl(self, line: str) -> None:
        subprocess.run(["openssl", *line.split()], cwd=self.folder, check=True, capture_output=True)

    def reply(self, query: bytes) -> bytes:
        if self.answer:
            return self.answer
        (self.folder / "query").write_bytes(query)
        self.openssl("ts -reply -config tsa.cnf -queryfile query -out reply")
        return (self.folder / "reply").read_bytes()


def served(authority: Authority) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            told = authority.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "authority")


@pytest.fixture
def url(authority: Authority) -> Iterator[str]:
    yield from served(authority)


def test_a_stamped_seal_holds_and_says_when(authority: Authority, url: str, tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run")
    redact_run(folder)
    seal_run(folder, INFO, KEY, MOMENT, lambda digest: stamp(digest, url))
    found = verify(folder, PUBLIC)
    assert found.holds
    assert refused_alone(folder) == []
    assert found.statement
    stamped, digest = found.statement.predicate.timestamp, subjects_digest(found.statement.entries)
    assert stamped
    assert "GMT" in verify_stamp(stamped, digest, authority.certificate)
    with pytest.raises(SealError, match="is of other files"):
        verify_stamp(stamped, "0" * 64, authority.certificate)
    with pytest.raises(SealError, match="is not by the authority of"):
        verify_stamp(stamped, digest, Authority(tmp_path / "other").certificate)
    with pytest.raises(SealError, match="is not by the authority of"):
        verify_stamp(Timestamp(digest="0" * 64, token=stamped.token), "0" * 64, authority.certificate)


@pytest.mark.parametrize("answer", [b"no", b"x" * 300_000, bytes.fromhex("30053003020102")])
def test_what_is_no_stamp_is_not_sealed(answer: bytes, authority: Authority, url: str) -> None:
    authority.answer = answer
    with pytest.raises(SealError, match="sent no time stamp"):
        stamp("0" * 64, url)


def test_an_authority_out_of_reach_gets_a_sentence() -> None:
    with pytest.raises(SealError, match="cannot be reached .*: seal without --timestamp-url"):
        stamp("0" * 64, "http://127.0.0.1:1/")
