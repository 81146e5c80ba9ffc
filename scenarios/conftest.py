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


@pytest.fixture(autouse=True)
def _nobody_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever a story left in a call leaves it at the story's end."""
    yield
    towns = (request.node.funcargs or {}).get("towns")  # a story that was interrupted has none any more
    if towns is not None:
        towns.step_away()
