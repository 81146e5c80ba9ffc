"""The town hall's web client: its sources, its tests, and the build that bundles it."""
