"""What all observations share: the call, the party, and files of the evidence."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Media = Literal["audio", "video", "screen"]
Party = str  # "citizen", "clerk", "guest"


class Blob(BaseModel):
    """A file of the evidence: ``path`` below ``evidence/``, ``sha256`` of its bytes (hex), ``size`` in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    sha256: str
    size: int


class Observation(BaseModel):
    """The base of all observations."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    call: str = ""
    party: Party = ""
