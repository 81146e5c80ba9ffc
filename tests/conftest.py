"""How the tests are shared among processes: what takes longest begins first, and what stays is not looked through."""

import gc

import pytest
from hypothesis import settings

settings.register_profile("bench", deadline=None)  # a limit an example fails, on a busy machine, tests that are right
settings.load_profile("bench")

# Files that one process is busy with for longest. They begin first, or everybody waits for them at the end.
_LONGEST = ("test_api_hostile.py", "test_web_build.py", "test_townhall_signalling.py", "test_operation_backup.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_collection_finish() -> None:
    # All modules are loaded and all tests collected: half a million objects that live as long as the process, and that
    # the collector need not look through again each time that some town hall has been built and let go.
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # what libraries count at their end is counted
