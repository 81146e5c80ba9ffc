"""What a run leaves for CI servers and nightly runs: annotations, summary, code quality, SARIF, badge, metrics."""
