"""The seal of a run: what it binds, who made it, and what was changed since.

``sealing.seal_run`` writes it, ``verifying.verify`` looks at a folder or a bundle. docs/seal.md says what is bound and
how; docs/verify_seal.py looks without the bench.
"""
