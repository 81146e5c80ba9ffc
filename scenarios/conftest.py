"""What stories share in a run."""

from collections.abc import Iterator

import pytest

from harness.bench import Bench
from scenarios.privacy import Towns


@pytest.fixture(scope="session")
def towns(bench: Bench) -> Iterator[Towns]:
    """The town halls of the stories about pages."""
    towns = Towns(bench)
    yield towns
    towns.close()
