"""Models of traffic and of conversation: numbers in, numbers out, chance only from a seed."""
