"""What a form consists of."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as Limited

from townhall.tenants import Text

Kind = Literal["text", "long", "date", "email", "tel", "choice", "tick"]

_DEFAULT_LENGTH = {"text": 200, "long": 2000, "email": 254, "tel": 40}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Part):
    """One of the answers to choose from; ``value`` is what the sides exchange, whatever language each reads."""

    value: str = Limited(pattern=r"^[a-z0-9-]+$")
    label: Text


class Places(_Part):
    """The lists that a municipality adds to forms, by name."""

    choices: dict[str, list[Option]] = {}


class Field(_Part):
    """One question. ``rule`` is checked beyond the kind; ``autocomplete`` is HTML's, for the citizen's browser."""

    name: str = Limited(pattern=r"^[a-z][a-z0-9-]*$")
    label: Text
    kind: Kind = "text"
    required: bool = False
    hint: Text | None = None
    rule: Literal["", "past", "coming", "postcode"] = ""
    autocomplete: str = ""
    options: list[Option] = []
    choices_from: str = ""
    max_length: int = 0

    @model_validator(mode="after")
    def _choice_has_options(self) -> Self:
        if self.kind == "choice" and not self.options and not self.choices_from:
            raise ValueError(f"there is nothing to choose from in the field {self.name}")
        return self

    @property
    def length(self) -> int:
        """The longest text in characters."""
        return self.max_length or _DEFAULT_LENGTH.get(self.kind, 0)

    def at(self, places: Places) -> Self:
        """Return the field with the municipality's list, or as a line to write in where it has none."""
        if not self.choices_from:
            return self
        found = places.choices.get(self.choices_from, [])
        return self.model_copy(update={"options": found} if found else {"kind": "text"})


class Section(_Part):
    """Questions that belong together, under a heading."""

    title: Text
    fields: list[Field] = Limited(min_length=1)


class Form(_Part):
    """A whole form: ``signatures`` are the captions of the lines to sign on, ``enclose`` what is to be sent along."""

    title: Text
    about: Text
    file_name: Text
    sections: list[Section] = Limited(min_length=1)
    signatures: list[Text] = Limited(min_length=1)
    enclose: list[Text] = []

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise ValueError("two fields have the same name")
        return self

    @property
    def fields(self) -> list[Field]:
        """All fields in their order."""
        return [field for section in self.sections for field in section.fields]

    def at(self, places: Places) -> Self:
        """Return the form with a municipality's own lists."""
        sections = [
            section.model_copy(update={"fields": [field.at(places) for field in section.fields]})
            for section in self.sections
        ]
        return self.model_copy(update={"sections": sections})
