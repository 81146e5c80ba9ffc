"""Hosts of one call as network namespaces, and the links between them, impaired by known amounts (ADR 8)."""
