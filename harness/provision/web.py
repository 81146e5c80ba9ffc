"""Step: the town hall's web client, built from its sources."""

from pathlib import Path

from harness.model.errors import ProvisionError
from harness.provision.environment import python_of
from harness.provision.run import Log, digest

_BUILT = ("call.js", "sframe-worker.js")


def is_done(root: Path) -> bool:
    """Whether the built client is there and was built from the sources as they are."""
    stamp = _stamp(root)
    built = all((root / "townhall" / "web" / "dist" / name).exists() for name in _BUILT)
    return built and stamp.exists() and stamp.read_text() == _sources(root)


def title(root: Path) -> str:
    """What will be built, in one line."""
    return "Building the town hall's web client (locked npm packages, then one bundle)"


def build(root: Path, log: Log) -> None:
    """Build the client by the town hall's own build command."""
    wanted = _sources(root)
    code, _ = log.run([str(python_of(root)), "-m", "townhall.web.build"], cwd=root)
    if code:
        raise ProvisionError(
            "The town hall's web client could not be built: check the network and the registry that npm is set to, "
            "then start again; all it said is in .pruefstand/provision.log."
        )
    _stamp(root).write_text(wanted)


def _stamp(root: Path) -> Path:
    return root / ".pruefstand" / "web.stamp"


def _sources(root: Path) -> str:
    web = root / "townhall" / "web"
    files = [*web.glob("*.json"), *web.glob("*.py"), *(path for path in web.glob("src/**/*") if path.is_file())]
    return digest(*(part for path in sorted(files) for part in (str(path.relative_to(web)), path)))
