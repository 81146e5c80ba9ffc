"""What a browser may say over the call's WebSocket, as types."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

MAX_BYTES = 128 * 1024  # an SDP with all its candidates takes about 10 KiB, a key package less
DATA_BYTES = 64 * 1024  # of one message of the papers' channel
DIRECT_CHARACTERS = 32 * 1024  # of what sets up a direct path: a description or one candidate

Source = Literal["camera", "screen"]  # what a participant sends: camera and microphone, or the shared screen


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Resume(_Said):
    """Which participant the browser was before its WebSocket broke, and the proof."""

    pid: str
    token: str


class Join(_Said):
    """The first message."""

    type: Literal["join"]
    resume: Resume | None = None
    takeover: bool = False  # the person has opened the link on a second device, and wants to go on there


class Admit(_Said):
    """The clerk lets somebody in who waits."""

    type: Literal["admit"]
    pid: str


class TurnAway(_Said):
    """The clerk does not let somebody in."""

    type: Literal["turn-away"]
    pid: str


class E2ee(_Said):
    """Key agreement between the browsers; the body is none of the server's business."""

    type: Literal["e2ee"]
    to: str | None = None
    body: dict[str, Any]


class E2eeStatus(_Said):
    """Carries a key to the server; refused unless the flaw key-in-signalling is on."""

    type: Literal["e2ee-status"]
    key: Any


class Data(_Said):
    """Something of the papers beside the picture, sealed by the browsers; base64."""

    type: Literal["data"]
    body: str = Field(max_length=(DATA_BYTES + 2) // 3 * 4)


class Publish(_Said):
    """Offer of a new PeerConnection that sends."""

    type: Literal["publish"]
    sdp: str
    source: Source = "camera"


class Unpublish(_Said):
    """End of what is sent from a source."""

    type: Literal["unpublish"]
    source: Source


class Subscribe(_Said):
    """Wish to receive a participant's media."""

    type: Literal["subscribe"]
    feed: str
    source: Source = "camera"


class Answer(_Said):
    """Answer to the offer of a subscription."""

    type: Literal["answer"]
    feed: str
    source: Source = "camera"
    sdp: str


class IceCandidate(BaseModel):
    """RTCIceCandidateInit; Janus reads these three members."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    candidate: str
    sdp_mid: str | None = Field(default=None, alias="sdpMid")
    sdp_m_line_index: int | None = Field(default=None, alias="sdpMLineIndex")


class Candidate(_Said):
    """One ICE candidate of the PeerConnection "publisher" or of the one that receives a feed; None: no more."""

    type: Literal["candidate"]
    pc: str
    source: Source = "camera"
    candidate: IceCandidate | None


class Direct(_Said):
    """A step towards a direct path between two browsers; the body is none of the server's business."""

    type: Literal["direct"]
    to: str
    body: str = Field(max_length=DIRECT_CHARACTERS)


class DirectUp(_Said):
    """The direct path stands: from now on media goes past the media server."""

    type: Literal["direct-up"]


class Leave(_Said):
    """The person hung up."""

    type: Literal["leave"]


class Ping(_Said):
    """A sign of life."""

    type: Literal["ping"]


Said = (
    Join
    | Admit
    | TurnAway
    | E2ee
    | E2eeStatus
    | Data
    | Publish
    | Unpublish
    | Subscribe
    | Answer
    | Candidate
    | Direct
    | DirectUp
    | Leave
    | Ping
)

_PARSER: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])


class BadMessage(Exception):
    """A message that is not one of the above; ``code`` is "unknown-type" or "bad-message"."""

    def __init__(self, code: Literal["unknown-type", "bad-message"]) -> None:
        super().__init__(code)
        self.code = code


def parse(text: str) -> Said:
    """Return the message in a WebSocket frame; raise BadMessage."""
    try:
        return _PARSER.validate_json(text)
    except ValidationError as error:
        known = error.errors(include_input=False)[0]["type"] != "union_tag_invalid"
        raise BadMessage("bad-message" if known else "unknown-type") from error
