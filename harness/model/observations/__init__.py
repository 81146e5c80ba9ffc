"""What was seen, without judgement: one frozen model a kind of record.

Every observation names the call it belongs to (empty: the whole run) and, where it has one, the party whose media,
page or process it concerns. Binary material lies beside the records as blobs, named by a path inside the run's
``evidence/`` folder and bound by SHA-256.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from harness.model.observations.access import AxeFound, AxeViolation, GlassMotion, KeyboardJourney, LipSync, TextChannel
from harness.model.observations.base import Blob, Media, Observation, Party
from harness.model.observations.call import CallFact, Declared, PictureSeen, ScenarioResult, TapStatus
from harness.model.observations.frames import OpenedFrames, ReceiverFrames, SenderFrames, ServerFrames, TransformSet
from harness.model.observations.keys import Hit, KeySeen, LinkSeen, SearchResult
from harness.model.observations.pages import (
    CookieSet,
    Crossing,
    DeviceAsked,
    HeadersSeen,
    HostContacted,
    InvitationSeen,
    LinkTry,
    PageWatched,
    RetentionSeen,
    StorageSeen,
)
from harness.model.observations.papers import CanaryText, TrackChange
from harness.model.observations.presence import Displayed, MediaPath, MediaReceivers
from harness.model.observations.recognition import Recognition
from harness.model.observations.transport import SenderStats, SessionDescription, TransportStats

__all__ = [
    "AnyObservation",
    "AxeFound",
    "AxeViolation",
    "Blob",
    "CallFact",
    "CanaryText",
    "CookieSet",
    "Crossing",
    "Declared",
    "DeviceAsked",
    "Displayed",
    "GlassMotion",
    "HeadersSeen",
    "Hit",
    "HostContacted",
    "InvitationSeen",
    "KeySeen",
    "KeyboardJourney",
    "LinkSeen",
    "LinkTry",
    "LipSync",
    "Media",
    "MediaPath",
    "MediaReceivers",
    "Observation",
    "OpenedFrames",
    "PageWatched",
    "Party",
    "PictureSeen",
    "ReceiverFrames",
    "Recognition",
    "Record",
    "RetentionSeen",
    "ScenarioResult",
    "SearchResult",
    "SenderFrames",
    "SenderStats",
    "ServerFrames",
    "SessionDescription",
    "StorageSeen",
    "TapStatus",
    "TextChannel",
    "TrackChange",
    "TransformSet",
    "TransportStats",
]

AnyObservation = Annotated[
    AxeFound
    | KeyboardJourney
    | GlassMotion
    | LipSync
    | TextChannel
    | CallFact
    | TapStatus
    | ScenarioResult
    | PictureSeen
    | Declared
    | ServerFrames
    | SenderFrames
    | TransformSet
    | ReceiverFrames
    | OpenedFrames
    | KeySeen
    | SearchResult
    | LinkSeen
    | HeadersSeen
    | StorageSeen
    | HostContacted
    | InvitationSeen
    | LinkTry
    | Crossing
    | DeviceAsked
    | PageWatched
    | RetentionSeen
    | CanaryText
    | TrackChange
    | Displayed
    | MediaPath
    | MediaReceivers
    | Recognition
    | SessionDescription
    | TransportStats
    | SenderStats,
    Field(discriminator="kind"),
]


class Record(BaseModel):
    """An observation with its place in the evidence: ``id`` is unique in the run, ``at`` seconds since the epoch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: float
    seen: AnyObservation
