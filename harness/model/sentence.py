"""One sentence for people, in the two languages that reports are written in."""

from pydantic import BaseModel, ConfigDict


class Sentence(BaseModel):
    """The same statement in German and English, as plain text (never markup)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    de: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in ``lang`` (``"de"`` or ``"en"``)."""
        return self.de if lang == "de" else self.en
