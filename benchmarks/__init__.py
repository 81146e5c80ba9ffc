"""How fast the bench is where that decides whether it can be used: judging a stored call, reading captures, searching.

``python -m benchmarks.judging``, ``… .captures``, ``… .searching``: each is one command with ``--help`` and prints a
table of figures with their targets. No test asserts a time.
"""
