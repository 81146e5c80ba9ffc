"""What the tests of the reports share."""

import pytest

from tests.reports.samples import EvidenceMaker


@pytest.fixture
def maker() -> EvidenceMaker:
    """An empty evidence to fill."""
    return EvidenceMaker()
