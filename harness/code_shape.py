"""How strong a safety code can be at most, by the look of it."""

import string

_ALPHABETS = (string.digits, string.digits + "abcdef", string.ascii_lowercase, string.digits + string.ascii_lowercase)


def code_shape(shown: str) -> tuple[int, int]:
    """How many symbols a code has, without spaces and dashes, and the size of the smallest usual alphabet with them.

    Letters count without regard to case: people read codes to each other. Where no usual alphabet fits, it is as large
    as the number of different symbols seen: what cannot be told is not counted.
    """
    symbols = [symbol for symbol in shown.lower() if not symbol.isspace() and symbol not in "-–·"]
    fitting = [len(alphabet) for alphabet in _ALPHABETS if set(symbols) <= set(alphabet)]
    return len(symbols), min(fitting, default=len(set(symbols)))
