"""The load generator: a process of its own in which bots join calls and the pump carries their media."""
