"""What was seen, without judgement: one frozen model a kind of record.

Every observation names the call it belongs to (empty: the whole run) and, where it has one, the party whose media,
page or process it concerns. Binary material lies beside the records as blobs, named by a path inside the run's
``evidence/`` folder and bound by SHA-256.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from harness.model.observations.access import AxeFound, AxeViolation, GlassMotion, KeyboardJourney, LipSync, TextChannel
from harness.model.observations.album import CameraFilm, PairCompared, PicturesKept, SoundKept
from harness.model.observations.attacks import AgreementTried, DowngradeTried, FrameAttack, FramesAttacked
from harness.model.observations.base import Blob, Media, Observation, Party
from harness.model.observations.call import CallFact, Declared, PictureSeen, ScenarioResult, StoryCut, TapStatus
from harness.model.observations.certificates import CertificateCompared, FingerprintTried
from harness.model.observations.coming import MemberChange, OutsiderOpened
from harness.model.observations.frames import (
    FrameForm,
    OpenedFrames,
    ReceiverFrames,
    SenderFrames,
    ServerFrames,
    TransformSet,
)
from harness.model.observations.keys import Hit, KeySeen, LinkSeen, SearchResult
from harness.model.observations.network import (
    CallCertificates,
    CodecsOffered,
    CodecTried,
    RelayCredential,
    RelayPath,
    RelayTry,
    TlsOffered,
    WireTraffic,
)
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
from harness.model.observations.quality import (
    CallCost,
    LinkCount,
    LinkSet,
    Moment,
    PicturesDrawn,
    PicturesShown,
    Planted,
    Scored,
    SoundMarks,
    StatsSeries,
)
from harness.model.observations.recognition import Recognition
from harness.model.observations.transport import SenderStats, SessionDescription, TransportStats
from harness.model.observations.trust import LockChange, LockSeen, RevealSeen, SafetyCodeSeen

__all__ = [
    "AgreementTried",
    "AnyObservation",
    "AxeFound",
    "AxeViolation",
    "Blob",
    "CallCertificates",
    "CallCost",
    "CallFact",
    "CameraFilm",
    "CanaryText",
    "CertificateCompared",
    "CodecTried",
    "CodecsOffered",
    "CookieSet",
    "Crossing",
    "Declared",
    "DeviceAsked",
    "Displayed",
    "DowngradeTried",
    "FingerprintTried",
    "FrameAttack",
    "FrameForm",
    "FramesAttacked",
    "GlassMotion",
    "HeadersSeen",
    "Hit",
    "HostContacted",
    "InvitationSeen",
    "KeySeen",
    "KeyboardJourney",
    "LinkCount",
    "LinkSeen",
    "LinkSet",
    "LinkTry",
    "LipSync",
    "LockChange",
    "LockSeen",
    "Media",
    "MediaPath",
    "MediaReceivers",
    "MemberChange",
    "Moment",
    "Observation",
    "OpenedFrames",
    "OutsiderOpened",
    "PageWatched",
    "PairCompared",
    "Party",
    "PictureSeen",
    "PicturesDrawn",
    "PicturesKept",
    "PicturesShown",
    "Planted",
    "ReceiverFrames",
    "Recognition",
    "Record",
    "RelayCredential",
    "RelayPath",
    "RelayTry",
    "RetentionSeen",
    "RevealSeen",
    "SafetyCodeSeen",
    "ScenarioResult",
    "Scored",
    "SearchResult",
    "SenderFrames",
    "SenderStats",
    "ServerFrames",
    "SessionDescription",
    "SoundKept",
    "SoundMarks",
    "StatsSeries",
    "StorageSeen",
    "StoryCut",
    "TapStatus",
    "TextChannel",
    "TlsOffered",
    "TrackChange",
    "TransformSet",
    "TransportStats",
    "WireTraffic",
]

AnyObservation = Annotated[
    AxeFound
    | FramesAttacked
    | DowngradeTried
    | AgreementTried
    | KeyboardJourney
    | GlassMotion
    | LipSync
    | TextChannel
    | CallFact
    | TapStatus
    | ScenarioResult
    | StoryCut
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
    | MemberChange
    | OutsiderOpened
    | SafetyCodeSeen
    | RevealSeen
    | LockSeen
    | Recognition
    | SessionDescription
    | TransportStats
    | SenderStats
    | RelayCredential
    | RelayTry
    | CallCertificates
    | CertificateCompared
    | FingerprintTried
    | RelayPath
    | TlsOffered
    | WireTraffic
    | CodecTried
    | CodecsOffered
    | CallCost
    | CameraFilm
    | PairCompared
    | PicturesKept
    | SoundKept
    | LinkCount
    | LinkSet
    | Moment
    | PicturesDrawn
    | PicturesShown
    | Planted
    | Scored
    | SoundMarks
    | StatsSeries,
    Field(discriminator="kind"),
]


class Record(BaseModel):
    """An observation with its place in the evidence: ``id`` is unique in the run, ``at`` seconds since the epoch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: float
    seen: AnyObservation
