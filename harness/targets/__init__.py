"""Adapters: how a deployment is started or reached, how people book and join there, and where it can be observed."""
