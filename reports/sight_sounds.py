"""The worst of a call's sound as two spectrograms on one time axis: what was said, and what was heard of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from harness.model.evidence import Evidence
from harness.model.observations import SoundKept
from harness.model.quality import CallQuality, ListenMoment
from reports.kept import data_uri, sound_of
from reports.quality_chart import done_to
from reports.sight_looks import done_then, sentence_of, who, why_not
from reports.spectrogram import Levels, Sound, drawn, longest_silence, place_of, spectrogram
from reports.text import Words

AROUND = 1.0  # seconds before and behind the window that are drawn too
_LEAST = 1.0  # seconds of both sounds that must be there
_PITCHES = (250, 1000, 4000)  # Hz
_BARS = 5  # the others stand in words
_SILENCE = 0.25  # seconds that are worth a sentence


@dataclass(frozen=True, slots=True)
class Bar:
    """Something in the drawing from ``x`` on, so wide (percent), and its number."""

    x: float
    width: float
    number: int


@dataclass(frozen=True, slots=True)
class ListenShown:
    """Two spectrograms; where there are none, ``missing`` says why. Places are in percent of the drawing's width."""

    heading: str
    sentence: str
    done: str
    said: str
    heard: str
    said_uri: str
    heard_uri: str
    alternative: str
    missing: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    pitches: tuple[tuple[float, str], ...]
    window: tuple[float, float]


def listen_shown(call: CallQuality, evidence: Evidence, t: Words) -> ListenShown | None:
    """The worst of the sound; None of a call in which nothing was heard."""
    moment = call.listen
    if moment is None:
        return None
    heading = t(
        "sight.listen.alone" if moment.alone else "sight.listen.window",
        begin=t.number(moment.begin), end=t.number(moment.end),
    )  # fmt: skip
    sentence = sentence_of(moment, call, t)
    done = done_then(call, moment.begin, moment.end, t)
    sounds = [_sound(evidence, call, moment, party) for party in (moment.sender, moment.hearer)]
    first, last = _stretch(moment, sounds)
    names = who(moment.sender, t), who(moment.hearer, t)
    said, heard = t("sight.said", who=names[0]), t("sight.heard", who=names[1])
    if last - first < _LEAST:
        missing = why_not(call.call, moment.hearer, evidence, t)
        return ListenShown(heading, sentence, done, said, heard, "", "", "", missing, (), (), (), (0.0, 0.0))
    drawings = [_cut(sound, begins, rate, first, last) for sound, begins, rate in sounds]

    def across(second: float) -> float:
        return round(100 * min(1.0, max(0.0, (second - first) / (last - first))), 2)

    silence = longest_silence(drawings[1])
    quiet = t("sight.never_silent")
    if silence[1] - silence[0] >= _SILENCE:
        quiet = t("sight.silent", begin=t.number(first + silence[0], 1), end=t.number(first + silence[1], 1))
    begin, end = across(moment.begin), across(moment.end)
    return ListenShown(
        heading, sentence, done, said, heard,
        data_uri(drawn(drawings[0]), "png"),
        data_uri(drawn(drawings[1]), "png"),
        t("sight.spectrograms", begin=t.number(first, 1), end=t.number(last, 1), sender=names[0], hearer=names[1],
          quiet=quiet, done=done),
        "",
        tuple(_bars(call, first, last, across)) if not moment.alone else (),
        tuple((across(second), t.number(second)) for second in range(int(np.ceil(first)), int(last) + 1)
              if second % (2 if last - first > 8 else 1) == 0),
        tuple((round(1 - place_of(each), 3), t("sight.khz", n=t.number(each / 1000, 2 if each < 1000 else 0)))
              for each in _PITCHES),
        (begin, max(0.5, round(end - begin, 2))),
    )  # fmt: skip


Placed = tuple[Sound, float, int]  # a sound, the second of the call at which it begins, its rate


def _sound(evidence: Evidence, call: CallQuality, moment: ListenMoment, party: str) -> Placed:
    for one in evidence.of(SoundKept, call=call.call, party=party):
        if one.seen.sender == moment.sender and one.seen.alone == moment.alone:
            sound, rate = sound_of(evidence.bytes_of(one.seen.blob) or b"")
            return sound, (one.seen.from_ms - call.began_ms) / 1000, rate
    return np.zeros(0, np.float32), 0.0, 16000


def _stretch(moment: ListenMoment, sounds: Sequence[Placed]) -> tuple[float, float]:
    """The seconds that are drawn: the window and a little around it, as far as both sounds were kept."""
    first = max(moment.begin - AROUND, *(begins for _, begins, _ in sounds))
    last = min(moment.end + AROUND, *(begins + len(sound) / rate for sound, begins, rate in sounds))
    return first, last


def _cut(sound: Sound, begins: float, rate: int, first: float, last: float) -> Levels:
    return spectrogram(sound[round((first - begins) * rate) : round((last - begins) * rate)], rate)


def _bars(call: CallQuality, first: float, last: float, across: Callable[[float], float]) -> Sequence[Bar]:
    bars = [
        Bar(across(begin), max(0.4, round(across(end) - across(begin), 2)), number)
        for number, (begin, end, _) in enumerate(done_to(call), 1)
        if begin <= last and end >= first
    ]
    return bars[:_BARS]
