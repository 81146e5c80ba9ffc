"""How much of what was sent arrived: pictures, speech and small print, compared with what was shown, said and written.

Each module knows one measure and the program behind it; what is heavy is imported when it is first used. A figure that
cannot be had is a ``BenchError`` with one sentence, never a guess.
"""
