"""How many megabytes a second the search for keys looks through, on one core: 12 keys in every form, in one pass.

``python -m benchmarks.searching`` makes bytes as servers hold them (``benchmarks.haystack``), hides keys in them and
searches them as ``pruefstand verify`` does; what was hidden must be found.
"""

import argparse
from collections.abc import Sequence

from benchmarks.figures import Figure, Spent, measured, on_one_core, show
from benchmarks.haystack import CONTROL, items, keys
from harness.model.observations import SearchResult
from harness.vantage.search import Haystack, Item, search
from harness.wire.encodings import needles

TARGET = 200.0  # megabytes a second


def search_timed(pieces: Sequence[Item], secrets: Sequence[bytes]) -> tuple[Spent, SearchResult]:
    """One search through all pieces, with the building of its automaton."""
    with measured() as spent:
        result = search(Haystack("memory", "benchmark", CONTROL, pieces), secrets)
    return spent, result


def figures(spent: Spent, result: SearchResult) -> list[Figure]:
    """How fast it was."""
    megabytes = result.searched_bytes / 1e6
    return [
        Figure("search for keys", megabytes / max(spent.cpu, 1e-9), "MB/s", TARGET, "more",
               megabytes / max(spent.wall, 1e-9)),
    ]  # fmt: skip


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=400, help="how much is searched (default: 400)")
    chosen = parser.parse_args(given)
    secrets = keys()
    pieces = list(items(chosen.megabytes, secrets))
    patterns = sum(len(forms) for secret in secrets for forms in needles(secret).values())
    print(f"Searching for {len(secrets)} keys ({patterns} patterns) {on_one_core()} …", flush=True)
    spent, result = search_timed(pieces, secrets)
    show("Searching (measured: by processor time)", figures(spent, result))
    print(f"Found {len(result.hits)} of {len(pieces)} hidden keys, and the control {result.control_found} times.")


if __name__ == "__main__":
    main()
