"""``pruefstand serve``: the town hall to try by hand."""

import shutil
import signal
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console

from harness.events import EventBus
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, own_workdir
from harness.targets.media_servers import LOOPBACK
from harness.targets.townhall import CLERKS, TownhallTarget


def serve_target(
    console: Console, flaw: str, port: int, folder: Path | None, tenants: Path | None, address: str
) -> None:
    """Starts the town hall, prints where it is, and waits for Ctrl-C. Raises ``BenchError`` when it cannot start."""
    clean_up_after_killed_runs()
    workdir = folder or Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(workdir)
    events = EventBus([lambda event: console.print(f"{event.text} …", markup=False, highlight=False)])
    ended = threading.Event()
    more = {"tenants_dir": str(tenants.resolve())} if tenants else {}
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    try:
        deployment = TownhallTarget(more, address=address).start(workdir / "target", events, flaw=flaw, port=port)
        try:
            console.print(f"\nTown hall:  {deployment.base_url}/")
            if address != LOOPBACK:
                console.print(f"For other hosts:  http://{address}:{urlsplit(deployment.base_url).port}/")
            for tenant, user in CLERKS.items():
                clerks = f"Clerks of {tenant}:  {deployment.base_url}/{tenant}/amt/anmelden   user {user}"
                console.print(clerks, soft_wrap=True)
            console.print(f"Password of the clerks:  {deployment.password}", markup=False, highlight=False)
            console.print(f"Mails to citizens:  {deployment.observables.mails}", soft_wrap=True)
            console.print("Ctrl-C ends it.")
            ended.wait()
        except KeyboardInterrupt:
            console.print("The town hall closes.")
        finally:
            deployment.stop()
    finally:
        if folder is None:
            shutil.rmtree(workdir, ignore_errors=True)
