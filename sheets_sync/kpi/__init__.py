"""From observations to scores: a scheme's indicators are measured, compared with targets, weighed and explained."""

from sheets_sync.kpi.completeness import completeness, reporting, timeliness, total_completeness
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.explain import Explanation, explain
from sheets_sync.kpi.explain_document import explanation_document
from sheets_sync.kpi.explain_text import explanation_text
from sheets_sync.kpi.naming import labels
from sheets_sync.kpi.scheme import Scheme, read_scheme, scheme_for
from sheets_sync.kpi.scoring import score
from sheets_sync.kpi.steps import next_steps
from sheets_sync.kpi.table import ScoreTable

__all__ = [
    "Cube",
    "Explanation",
    "Scheme",
    "ScoreTable",
    "completeness",
    "explain",
    "explanation_document",
    "explanation_text",
    "labels",
    "next_steps",
    "read_scheme",
    "reporting",
    "scheme_for",
    "score",
    "timeliness",
    "total_completeness",
]
