"""How many calls a server holds, what gives out, and what that costs: pure functions of what was measured."""
