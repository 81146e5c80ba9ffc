"""A page used by keyboard alone: Tab to get somewhere, Enter and Space to act, and the focus must be seen."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError

LIMIT = 120  # Tab presses after which what is looked for cannot be reached
_FOCUS = """(selector) => {
  const at = document.activeElement;
  if (!at || at === document.body) return { there: false, seen: true };
  const style = getComputedStyle(at);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    there: at.matches(selector),
    seen: at.matches(':focus-visible') && (outlined || style.boxShadow !== 'none'),
  };
}"""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The keyboard of one page."""

    page: Page

    def reach(self, selector: str, what: str) -> None:
        """Presses Tab until the focus is on ``selector``. Raises ``TargetError`` when it never gets there or is not
        seen."""
        for _ in range(LIMIT):
            focus = self._focus(selector)
            if focus["there"]:
                if not focus["seen"]:
                    raise TargetError(f"The focus on {what} cannot be seen.")
                return
            self.page.keyboard.press("Tab")
        raise TargetError(f"The Tab key does not reach {what}.")

    def press(self, key: str) -> None:
        """``Enter``, ``Space`` or an arrow."""
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Types a text where the focus is."""
        self.page.keyboard.type(text)

    def _focus(self, selector: str) -> dict[str, Any]:
        try:
            focus: dict[str, Any] = self.page.evaluate(_FOCUS, selector)
        except Error as error:
            raise TargetError(f"The page went away under the keyboard: {error.message.splitlines()[0]}") from error
        return focus
