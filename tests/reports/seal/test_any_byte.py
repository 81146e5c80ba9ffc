"""Any byte of a bundle or of a sealed folder that is flipped is noticed, and its file is named: by both checkers."""

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.seal.layout import Packed, local_header
from reports.seal.names import SEAL
from reports.seal.verifying import verify
from tests.reports.seal.samples import PUBLIC, bundled, refused_alone, sealed

FLIPS = 2000


def owners(bundle: Path) -> Iterator[tuple[range, str]]:
    """Which bytes of a bundle belong to which file; the empty name: the end of the zip."""
    names = [SEAL, *sorted(path.relative_to(bundle.parent / "run").as_posix() for path in plain(bundle.parent / "run"))]
    begin = 0
    for name in names:
        end = begin + len(local_header(Packed(name, 0))) + (bundle.parent / "run" / name).stat().st_size
        yield range(begin, end), name
        begin = end
    for name in names:
        yield range(begin, begin + 46 + len(name.encode())), name
        begin += 46 + len(name.encode())
    yield range(begin, bundle.stat().st_size), ""


def plain(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != SEAL]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled(tmp_path_factory.mktemp("bundle"))


def test_the_untouched_bundle_holds_for_both_checkers(bundle: Path) -> None:
    assert verify(bundle, PUBLIC).holds
    assert refused_alone(bundle) == []


def test_every_byte_belongs_to_somebody(bundle: Path) -> None:
    ranges = [each for each, _ in owners(bundle)]
    assert all(one.stop == other.start for one, other in pairwise(ranges))
    assert (ranges[0].start, ranges[-1].stop) == (0, bundle.stat().st_size)


def test_thousands_of_flipped_bytes_are_all_noticed_and_named(bundle: Path, tmp_path: Path) -> None:
    chance, whole, copy = random.Random(7), bundle.read_bytes(), tmp_path / "flipped.zip"
    (tmp_path / "run").mkdir()
    places = [(place, name) for each, name in owners(bundle) for place in chance.sample(each, min(len(each), 120))]
    chance.shuffle(places)
    assert {name for _, name in places} == {name for _, name in owners(bundle)}
    for number, (place, name) in enumerate(places[:FLIPS]):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(changed)
        found = verify(copy, PUBLIC)
        assert not found.holds, place
        assert name in {each.name for each in found.differences}, (place, name, found.differences)
        if number % 20 == 0:  # the other checker reckons the signature in plain Python
            wrong = refused_alone(copy)
            assert any(line.startswith(name or "the end of the zip") for line in wrong), (place, name, wrong)
    assert len(places) > FLIPS / 2


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_other_bytes_pass_for_the_bundle(
    bundle: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bundle.read_bytes()
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, len(whole)))
    other = whole[:begin] + data.draw(st.binary(max_size=40)) + whole[end:]
    copy = tmp_path_factory.getbasetemp() / "other.zip"
    copy.write_bytes(other)
    assert verify(copy, PUBLIC).holds is (other == whole)
    assert (refused_alone(copy) == []) is (other == whole)


def test_any_byte_of_any_file_in_a_folder_is_noticed_and_named(tmp_path: Path) -> None:
    folder, chance = sealed(tmp_path / "run").folder, random.Random(11)
    for path in [*plain(folder), folder / SEAL]:
        whole, name = path.read_bytes(), path.relative_to(folder).as_posix()
        for place in chance.sample(range(len(whole)), min(len(whole), 60)):
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            assert name in {each.name for each in verify(folder, PUBLIC).differences}, (name, place)
        assert any(line.startswith(f"{name}:") for line in refused_alone(folder)) or not whole
        path.write_bytes(whole)
    assert verify(folder, PUBLIC).holds
