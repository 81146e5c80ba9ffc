"""The licences of all dependencies as a page of the documentation."""

from collections.abc import Iterable, Sequence

from harness.inventory.component import Component

_HEAD = """\
# Licences of what Pruefstand is made of

Pruefstand itself is under the Apache License 2.0 (`LICENSE`). Nothing below is part of its repository: packages come
by the two locks, programs from the distribution, and programs under the GPL are run, not linked. Written by
`./pruefstand sbom --write`; a test holds it against the locks. `docs/sbom.cdx.json` says the same for machines
(CycloneDX 1.6), with who needs whom.

Lizenzen aller Bestandteile. Pruefstand selbst steht unter der Apache-Lizenz 2.0; nichts von dem, was hier steht, liegt
in seinem Verzeichnis.
"""
_PARTS = (
    ("Python packages (`requirements.lock`)", "pypi", "run"),
    ("Packages of the web client (`townhall/web/package-lock.json`)", "npm", "run"),
    ("Packages that only build the web client", "npm", "build"),
    ("Programs of the distribution (installed beside the bench, run as programs)", "deb", "machine"),
)


def render_page(components: Sequence[Component]) -> str:
    """The page's text; the same inventory gives the same bytes."""
    lines = [_HEAD, "## How many of which", "", *_counted(components)]
    for title, kind, used in _PARTS:
        lines += ["", f"## {title}", "", "| name | version | licence |", "|---|---|---|"]
        chosen = (each for each in components if (each.kind, each.used) == (kind, used))
        lines += [f"| {each.name} | {each.version or 'of the machine'} | {each.licence or '?'} |" for each in chosen]
    return "\n".join(lines) + "\n"


def _counted(components: Sequence[Component]) -> Iterable[str]:
    counts: dict[str, int] = {}
    for each in components:
        counts[each.licence or "?"] = counts.get(each.licence or "?", 0) + 1
    yield "| licence | components |"
    yield "|---|---|"
    yield from (
        f"| {licence} | {count} |" for licence, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
