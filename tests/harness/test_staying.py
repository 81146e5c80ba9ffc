"""Those who stay go on until it can be said what the one who left can open, and not for ever."""

from types import SimpleNamespace
from typing import Any

from harness.staying import FRAMES, PATIENCE, SPARE, Staying

LEFT = 1000.0


def person(*, rekeyed: float | None = LEFT + 0.5, audio_until: float = LEFT, video: bool = True) -> Any:
    """Somebody whose worker got a new key then, and who sends 50 frames a second until then."""
    keys = [SimpleNamespace(scope="worker", at=LEFT - 5)]
    if rekeyed is not None:
        keys.append(SimpleNamespace(scope="worker", at=rekeyed))
    sent = [SimpleNamespace(at=LEFT + number / 50) for number in range(int((audio_until - LEFT) * 50))]
    frames = {("tap1", "after", "audio"): sent, ("tap2", "after", "screen"): [], ("tap1", "before", "video"): []}
    if video:
        frames["tap3", "after", "video"] = sent
    return SimpleNamespace(tapped=SimpleNamespace(keys=dict(enumerate(keys)), frames=frames))


def enough(now: float, *people: Any) -> bool:
    return Staying(people, LEFT).enough(now)


def test_prompt_keys_need_frames_from_after_five_seconds() -> None:
    assert not enough(LEFT + 5.5, person(audio_until=LEFT + 5.5))
    assert enough(LEFT + 6, person(audio_until=LEFT + 5 + (FRAMES + 2) / 50))


def test_everybody_who_stays_has_to_have_new_keys_and_to_send() -> None:
    one = person(audio_until=LEFT + 7)
    assert enough(LEFT + 7, one)
    assert not enough(LEFT + 7, one, person(rekeyed=None, audio_until=LEFT + 7))
    assert not enough(LEFT + 7, one, person(audio_until=LEFT + 5))


def test_late_keys_need_frames_from_after_ten_seconds() -> None:
    assert not enough(LEFT + 9, person(rekeyed=LEFT + 6, audio_until=LEFT + 9))
    assert enough(LEFT + 11, person(rekeyed=LEFT + 6, audio_until=LEFT + 11))


def test_keys_that_never_come_are_waited_for_and_given_up() -> None:
    silent = person(rekeyed=None, audio_until=LEFT + PATIENCE)
    assert not enough(LEFT + PATIENCE - 1, silent)
    assert enough(LEFT + PATIENCE + 1, silent)


def test_who_sends_nothing_more_is_not_waited_for_for_ever() -> None:
    assert not enough(LEFT + 5 + SPARE - 1, person(audio_until=LEFT + 4))
    assert enough(LEFT + 5 + SPARE + 1, person(audio_until=LEFT + 4))
