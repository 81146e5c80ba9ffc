"""Addresses within a page: stable, no two alike, and nothing of a target's names that means something in one."""

import re

from reports.anchors import call_anchors, check_anchor, second_anchor
from reports.html import packed
from tests.reports.hostile import HOSTILE


def test_a_check_has_its_id_and_a_strange_one_takes_no_other_place() -> None:
    assert check_anchor("E01") == "E01"
    assert check_anchor("checks") == "check-checks"
    assert check_anchor("E01\n") == "check-E01-"


def test_calls_that_look_alike_have_addresses_of_their_own() -> None:
    anchors = call_anchors(["winterbach-1", "a b", "a?b", "winterbach-1", "a b-2"])
    assert anchors == {
        "winterbach-1": "call-winterbach-1", "a b": "call-a-b", "a?b": "call-a-b-2", "a b-2": "call-a-b-2-2",
    }  # fmt: skip
    assert second_anchor("call-a-b", 12.5) == "call-a-b@12.5"
    assert second_anchor("call-a-b", 1234567.0) == "call-a-b@1234567"


def test_no_hostile_name_is_more_than_a_name() -> None:
    anchors = call_anchors(HOSTILE)
    assert len(set(anchors.values())) == len(HOSTILE)
    assert all(re.fullmatch(r"call-[A-Za-z0-9._-]+", anchor) for anchor in anchors.values() if anchor != "call-")


def test_a_script_loses_its_remarks_and_keeps_its_texts() -> None:
    script = 'const a = "x = 1; // no remark",\n  // a remark\n  b = `${a} , c`, d = e.replace(/[^,]=,/g, 1) / 2;\n'
    assert packed(script) == 'const a="x = 1; // no remark",b=`${a} , c`,d=e.replace(/[^,]=,/g,1)/ 2;'
