"""What a scheme calls its indicators and categories, for everything people read: pages, mails, charts, letters.

Pages and reports need names, units and colours, never formulas; so they depend on these values and not on the scheme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.i18n import language
from sheets_sync.model import Message, Score, Step, msg
from sheets_sync.model.rounding import DECIMALS, shown_difference

NO_TEXT = Text(id="", en="")
TOO_FEW = Text(id="data belum cukup", en="too few data")

# A scheme names its categories' colours; these can be told apart by the colour-blind, and none is shown without a word.
COLOURS = MappingProxyType({"green": "#1a7f4b", "yellow": "#d99a00", "red": "#c0392b", "grey": "#8a8f98"})


@dataclass(frozen=True, slots=True)
class IndicatorLabel:
    """How an indicator is shown.

    `decimals` is how many are shown; `unit` may be empty. `measures` says in words what is counted against what;
    `targets` are by kind of library, "" for every other kind; `weight_share` is the weight over the sum of all weights;
    `benchmark` is what others published, shown beside the target and never scored against; `local` says which choices
    are the office's own, prescribed by no source.
    """

    label: Text
    unit: Text
    decimals: int = 2
    group: Text | None = None
    measures: Text = NO_TEXT
    targets: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    weight_share: float = 0.0
    source: Text = NO_TEXT
    benchmark: Text = NO_TEXT
    local: Text = NO_TEXT
    elements: tuple[str, ...] = ()  # what it is calculated from
    divided_by: tuple[str, ...] = ()  # those of them that are below the line


@dataclass(frozen=True, slots=True)
class CategoryLabel:
    """A category's word and colour (`#rrggbb`); `at_least` is the lowest score in it."""

    label: Text
    colour: str
    at_least: float = 0.0


UNSCORED = CategoryLabel(TOO_FEW, COLOURS["grey"])


@dataclass(frozen=True, slots=True)
class Labels:
    """Indicators by id in the scheme's order, categories by id, the best one first."""

    indicators: Mapping[str, IndicatorLabel]
    categories: Mapping[str, CategoryLabel]
    note: Text = NO_TEXT  # what the scheme says about itself
    unscored: CategoryLabel = UNSCORED  # where there is no score

    @property
    def all_categories(self) -> tuple[CategoryLabel, ...]:
        """Every library is in one of these; the last one is for those without a score."""
        return (*self.categories.values(), self.unscored)

    def category(self, score: Score | None) -> CategoryLabel:
        """The category a score is in."""
        return self.categories.get(score.category, self.unscored) if score and score.category else self.unscored

    def category_of(self, value: float | None) -> CategoryLabel | None:
        """The category of an unrounded figure that is no `Score`, like an office's mean."""
        if value is None:
            return None
        return next((label for label in self.categories.values() if value >= label.at_least), None)


def step_message(step: Step, elements: Elements, code: str) -> Message:
    """A next step in words, with what is its own share of the score; `code` is the language's.

    "38 orang lagi per bulan (Pengunjung di tempat) → +0,28 (Desember 2024: 8,00, tanpa langkah ini 7,72)".
    """
    figures = step_figures(step, code)
    return msg(
        "{step} ({until}: {score}, {without} without this step)",
        step=_in_short(step, figures["gain"], elements, code),
        until=step.until,
        score=figures["score"],
        without=figures["without"],
    )


def short_step_message(step: Step, elements: Elements, code: str) -> Message:
    """The same in a few words, for a narrow column: "38 orang lagi per bulan (Pengunjung di tempat) → +0,28"."""
    return _in_short(step, step_figures(step, code)["gain"], elements, code)


def _in_short(step: Step, gain: str, elements: Elements, code: str) -> Message:
    element = elements[step.element]
    words = {"amount": step.amount, "unit": element.unit.in_(code), "element": element.label.in_(code), "gain": gain}
    if step.per_month:
        return msg("{amount} {unit} more a month ({element}) → +{gain}", **words)
    return msg("{amount} {unit} more ({element}) → +{gain}", **words)


def step_figures(step: Step, code: str) -> Mapping[str, str]:
    """A step's `score`, the one `without` it, and what it gains, as they are shown; they add up."""
    t, gain = language(code), shown_difference(step.score, step.without)
    figures = {"score": step.score, "without": step.without, "gain": gain}
    return {name: t.number(figure, DECIMALS) for name, figure in figures.items()}
