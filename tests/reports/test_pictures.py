"""Pictures are shown only when they are pictures and the bytes that were recorded."""

import base64

import pytest

import reports.pictures
from harness.model.evidence import Evidence
from harness.model.observations import Blob, PictureSeen, Recognition
from reports.control import control_groups
from reports.pictures import Frame, picture_rows
from reports.text import Words
from tests.reports.sample_pictures import noise, portrait
from tests.reports.samples import EvidenceMaker

EN = Words("en")
PNG = b"\x89PNG\r\n\x1a\nrest"


def shown(evidence: Evidence, blob: Blob | None) -> tuple[str, str]:
    return Frame(evidence, EN).uri(blob)


@pytest.mark.parametrize(
    ("data", "mime"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp")],
)
def test_pictures_are_embedded_with_their_own_type(maker: EvidenceMaker, data: bytes, mime: str) -> None:
    blob = maker.blob("a", data)
    assert shown(maker.evidence(), blob) == (f"data:{mime};base64,{base64.b64encode(data).decode()}", "")


def test_drawing_is_not_shown_because_it_could_carry_script(maker: EvidenceMaker) -> None:
    blob = maker.blob("a.svg", b"<svg onload='alert(1)'/>")
    assert shown(maker.evidence(), blob) == ("", "The picture is neither PNG nor JPEG nor WebP and is not shown.")


def test_altered_picture_is_not_shown(maker: EvidenceMaker) -> None:
    blob = maker.blob("a", PNG)
    maker.blobs["a"] = PNG + b"!"
    assert shown(maker.evidence(), blob) == ("", "The picture does not match its digest and is not shown.")


def test_lost_picture_says_so(maker: EvidenceMaker) -> None:
    blob = maker.blob("a", PNG)
    maker.blobs.clear()
    assert shown(maker.evidence(), blob) == ("", "The picture is missing from the evidence, or was altered.")


def test_page_stays_within_its_budget(maker: EvidenceMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports.pictures, "LARGEST", 50)
    frame = Frame(maker.evidence(), EN, left=40)
    evidence = Evidence((), {"a": PNG + b"a" * 18, "b": PNG + b"b" * 18, "c": PNG + b"c" * 60})
    frame = Frame(evidence, EN, left=40)
    blobs = [EvidenceMaker().blob(path, data) for path, data in evidence.blobs.items()]
    assert [bool(frame.uri(blob)[0]) for blob in blobs] == [True, False, False]
    assert frame.uri(blobs[2])[1] == "The picture is too large for this page; it is in the evidence."


def test_server_stands_between_the_people(maker: EvidenceMaker) -> None:
    blob = maker.blob("a", PNG)
    for place in ("server", "clerk", "citizen"):
        seen = {"call": "c", "party": "clerk", "place": place, "caption_de": "d", "caption_en": "e", "blob": blob}
        maker.add(PictureSeen.model_validate(seen))
    (row,) = picture_rows(maker.evidence(), Frame(maker.evidence(), EN), EN)
    assert [picture.place for picture in row.pictures] == ["citizen", "server", "clerk"]
    assert [picture.sender for picture in row.pictures] == ["", "sent by the clerk", ""]
    assert row.pictures[0].alt == "At home: e"


def recognise(maker: EvidenceMaker, place: str, found: int, **more: object) -> None:
    base = {
        "call": "c",
        "party": "citizen",
        "place": place,
        "media": "video",
        "looked": 50,
        "decoded": 50,
        "found": found,
    }
    maker.add(Recognition.model_validate(base | more))


def test_control_shows_that_the_servers_bytes_become_the_picture(maker: EvidenceMaker) -> None:
    recognise(maker, "sfu-keyless", 0, picture=maker.blob("n", noise(1)))
    recognise(maker, "sfu-with-keys", 48, picture=maker.blob("p", portrait("#123456", "#abcdef")))
    recognise(maker, "glass", 50)
    recognise(maker, "sfu-with-keys", 1, media="audio", score=0.964)
    evidence = maker.evidence()
    (group,) = control_groups(evidence, Frame(evidence, EN), EN)
    assert group.sentence == (
        "With the participants' keys the same bytes from the server become this picture: 48 of 50 pictures recognised."
    )
    assert group.title == "Call c, sent by the citizen"
    assert all(side.uri for side in group.sides)
    video, audio = group.rows
    cells = [cell.replace("\u00a0", " ") for cell in (video.keyless, video.with_keys, video.glass)]
    assert cells == ["0 of 50 recognised", "48 of 50 recognised", "50 of 50 recognised"]
    assert not video.leak
    assert (audio.keyless, audio.with_keys) == ("–", "voice recognised (similarity 0.96)")


def test_control_that_found_nothing_is_said_to_have_failed(maker: EvidenceMaker) -> None:
    recognise(maker, "sfu-keyless", 0)
    recognise(maker, "sfu-with-keys", 0)
    evidence = maker.evidence()
    (group,) = control_groups(evidence, Frame(evidence, EN), EN)
    assert not group.good
    assert group.sentence.endswith("the positive control did not succeed.")
    assert {side.missing for side in group.sides} == {"The decoder gave no picture."}


def test_leak_is_never_folded_away(maker: EvidenceMaker) -> None:
    for call, found in (("a", 0), ("b", 7), ("c", 0)):
        recognise(maker, "sfu-keyless", found, call=call)
        recognise(maker, "sfu-with-keys", 50, call=call)
    evidence = maker.evidence()
    groups = control_groups(evidence, Frame(evidence, EN), EN)
    assert [(group.folded, group.leak) for group in groups] == [(False, False), (False, True), (True, False)]


def test_glass_alone_is_no_control(maker: EvidenceMaker) -> None:
    recognise(maker, "glass", 50)
    evidence = maker.evidence()
    assert control_groups(evidence, Frame(evidence, EN), EN) == []
