"""What the people saw and heard of each other."""

from typing import Literal

from harness.call import HEARD, Call
from harness.model.observations import PictureSeen, Recognition
from harness.store import RunStore

_CAPTIONS: dict[str, tuple[Literal["citizen", "clerk"], str, str]] = {
    "citizen": ("citizen", "Was die Bürgerin sah", "What the citizen saw"),
    "clerk": ("clerk", "Was das Amt sah", "What the clerk saw"),
}


def write_glass(store: RunStore, call: Call) -> None:
    """For each person the picture and the two recognitions, of the other party's face and voice."""
    for party, glass in call.glass.items():
        sender = call.other(party)
        picture = None
        if glass.pictures:
            picture = store.add_blob(f"{call.label}/glass-{party}.jpg", glass.pictures[-1])
        if picture and party in _CAPTIONS:
            place, german, english = _CAPTIONS[party]
            store.add(
                PictureSeen(
                    call=call.label,
                    party=party,
                    place=place,
                    caption_de=german,
                    caption_en=english,
                    blob=picture,
                )
            )
        store.add(
            Recognition(
                call=call.label,
                party=sender,
                place="glass",
                media="video",
                looked=glass.looked,
                decoded=glass.looked,
                found=glass.found,
                picture=picture,
            )
        )
        store.add(
            Recognition(
                call=call.label,
                party=sender,
                place="glass",
                media="audio",
                looked=glass.sound_frames,
                decoded=glass.sound_frames,
                found=int(glass.score is not None and glass.score >= HEARD),
                score=glass.score,
            )
        )
