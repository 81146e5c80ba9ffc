"""The reports of a run: one page for people, JUnit for CI, verdicts for machines, a table for the console."""

from reports.inputs import ReportInput, RunInfo
from reports.write import write_reports

__all__ = ["ReportInput", "RunInfo", "write_reports"]
