"""From observations to scores: a scheme's indicators are measured, compared with targets, weighed and explained."""

from sheets_sync.kpi.compare import Comparison, compare_schemes, comparison_document, comparison_text
from sheets_sync.kpi.completeness import answers, completeness, reporting, timeliness, total_completeness
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.explain import Explanation, explain
from sheets_sync.kpi.explain_document import explanation_document
from sheets_sync.kpi.explain_text import explanation_text
from sheets_sync.kpi.iplm import iplm_frame
from sheets_sync.kpi.naming import labels
from sheets_sync.kpi.ranking import Ranked, ranking
from sheets_sync.kpi.rollup import place_tree, roll_up
from sheets_sync.kpi.scheme import Scheme, read_scheme, scheme_for
from sheets_sync.kpi.scoring import score, scores
from sheets_sync.kpi.steps import next_steps
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.trend import trend
from sheets_sync.kpi.unmatched import unmatched_words

__all__ = [
    "Comparison",
    "Cube",
    "Explanation",
    "Ranked",
    "Scheme",
    "ScoreTable",
    "answers",
    "compare_schemes",
    "comparison_document",
    "comparison_text",
    "completeness",
    "explain",
    "explanation_document",
    "explanation_text",
    "iplm_frame",
    "labels",
    "next_steps",
    "place_tree",
    "ranking",
    "read_scheme",
    "reporting",
    "roll_up",
    "scheme_for",
    "score",
    "scores",
    "timeliness",
    "total_completeness",
    "trend",
    "unmatched_words",
]
