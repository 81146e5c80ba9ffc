"""Where keys are searched for after a call: everything that any server was told, said, wrote or remembers."""

from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from itertools import chain
from pathlib import Path

from harness.person import Person
from harness.targets.protocol import Appointment, Observables
from harness.vantage.memory import memory_of
from harness.vantage.search import Haystack, Item, pieces

CHUNK = 8 * 1024 * 1024
HEAD = 4096  # bytes of a recording that hold its header (harness.wire.mjr) and the first packets


def person_haystacks(person: Person, appointment: Appointment) -> Iterator[Haystack]:
    """HTTP, URLs and signalling of one party. The appointment's id is in all of them: it is the control."""
    page, mark = f"{person.party}'s browser", appointment.id
    http = person.http
    bodies = [Item(line, data) for line, data in (*http.sent, *http.answered, *person.tapped.bodies)]
    yield Haystack("http", page, mark, bodies)
    urls = [Item("request line", url.encode()) for url in (*http.urls, *person.websockets.urls)]
    yield Haystack("url", page, mark, [*urls, *(Item("referrer", value.encode()) for value in http.referrers)])
    messages = [Item(f"message {way}", data) for way, data in person.websockets.messages]
    yield Haystack("websocket", page, '"type"', messages)


def mail_haystacks(mails: Path, citizen_mail: str) -> Iterator[Haystack]:
    """The mails as sent, and as a rewriting gateway sends them on: ``#`` becomes ``%23`` and so travels to a server."""
    files = sorted(mails.glob("*.eml"))
    items = [Item(f"mail {number}", mail_text(file)) for number, file in enumerate(files, 1)]
    yield Haystack("mail", "SMTP", citizen_mail, items)
    rewritten = [Item(item.where, item.data.replace(b"#", b"%23")) for item in items]
    yield Haystack("mail-rewritten", "mail gateway", citizen_mail, rewritten)


def mail_text(file: Path) -> bytes:
    """A mail as it lies there, and its parts decoded (quoted-printable and base64 would hide a key)."""
    raw = file.read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return b"\n".join([raw, *(part for part in parts if isinstance(part, bytes))])


def server_haystacks(observables: Observables) -> Iterator[Haystack]:
    """Logs and databases on disk."""
    for name, file in observables.logs.items():
        yield Haystack("log", name, observables.controls.get(f"log:{name}", ""), pieces(f"{name} log", _chunks([file])))
    for name, file in observables.databases.items():
        companions = [file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-journal")]
        yield Haystack(
            "database",
            name,
            observables.controls.get(f"database:{name}", ""),
            pieces(f"{name} database", _chunks(companions)),
        )


def recorder_haystacks(observables: Observables) -> Iterator[Haystack]:
    """What a recorder keeps beside the packets: the heads of the recordings, and every other file of their folder."""
    folder = observables.recordings
    if folder is None or not folder.is_dir():
        return
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    heads = (Item("head of a recording", _head(file)) for file in files if ".mjr" in file.name)
    others = (pieces("file beside the recordings", _chunks([file])) for file in files if ".mjr" not in file.name)
    yield Haystack("recorder", "folder of recordings", "MJR00002", chain(heads, chain.from_iterable(others)))


def _head(recording: Path) -> bytes:
    with recording.open("rb") as stream:
        return stream.read(HEAD)


def memory_haystacks(observables: Observables) -> Iterator[Haystack]:
    """The memory of every server process, as it is now."""
    for process in observables.processes:
        yield Haystack("memory", process.name, process.control, memory_of(process.pid, process.name))


def _chunks(files: Iterable[Path]) -> Iterator[bytes]:
    for file in files:
        if file.is_file():
            with file.open("rb") as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
