"""Everything a report needs besides its figures: the office, its names for things, its language and its wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.config.labels import Labels
from sheets_sync.config.office import ElementKind, Elements, Office
from sheets_sync.config.places import Region
from sheets_sync.config.yaml_file import Text
from sheets_sync.errors import ConfigError
from sheets_sync.i18n import Language, language
from sheets_sync.model import msg
from sheets_sync.reports.wording import Wording, read_wording

MAX_HEADLINE = 5  # more columns than that nobody reads on a phone


@dataclass(frozen=True, slots=True)
class ReportContext:
    """How an office speaks: `t` writes numbers and messages, `say` says the sentences of the templates."""

    office: Office
    elements: Elements
    labels: Labels
    t: Language
    say: Wording
    templates: Path | None = None  # the office's own templates, looked at before the shipped ones
    named: tuple[str, ...] = ()  # the elements that the office wants shown first

    @property
    def headline(self) -> tuple[str, ...]:
        """What is shown of many elements: those the office names, else the first flows that are required, parts aside."""
        wholes = (each for each in self.elements.elements if each.id not in self.elements.whole_of)
        flows = [each for each in wholes if each.kind is ElementKind.FLOW]
        required = [each.id for each in flows if each.required] or [each.id for each in flows]
        return (self.named or tuple(required))[:MAX_HEADLINE]

    def text(self, text: Text | None) -> str:
        """A configured text in the reader's language."""
        return text.in_(self.t.code) if text else ""

    def element(self, element: str) -> str:
        """An element's label; an id nobody knows stands for itself."""
        known = self.elements.by_id.get(element)
        return self.text(known.label) if known else element

    def indicator(self, indicator: str) -> str:
        """An indicator's label; an id nobody knows stands for itself."""
        known = self.labels.indicators.get(indicator)
        return self.text(known.label) if known else indicator

    def unit(self, indicator: str) -> str:
        """An indicator's unit, which may be empty."""
        known = self.labels.indicators.get(indicator)
        return self.text(known.unit) if known else ""

    def figure(self, indicator: str, value: float | None) -> str:
        """An indicator's figure with its decimals; a dash where there is none."""
        known = self.labels.indicators.get(indicator)
        return self.t.number(value, known.decimals if known else 2)

    def some(self, items: Sequence[str], most: int) -> list[str]:
        """The first of a long list, and how many more there are, so that a mail stays short."""
        hidden = len(items) - most
        return [*items[:most], self.say("and_more", count=hidden)] if hidden > 0 else list(items)

    def score(self, value: float | None) -> str:
        """A score as it is shown everywhere: two decimals, rounded half up."""
        return self.t.number(value, 2)


def report_context(
    office: Office, elements: Elements, labels: Labels, templates: Path | None = None, headline: Sequence[str] = ()
) -> ReportContext:
    """What its reports need of an office in its own language.

    Raises:
        ConfigError: the office's own wording can't be used, or the folder of its templates is not there.
    """
    if templates is not None and not templates.is_dir():  # the shipped words would go out in place of the office's own
        raise ConfigError(
            msg(
                "There is no folder {path}: `templates` in reports.yaml names it. Put it back, or correct that line.",
                path=str(templates),
            )
        )
    t = language(office.language)
    words = read_wording(t, templates, of_region=isinstance(office, Region))
    return ReportContext(office, elements, labels, t, words, templates, tuple(headline))
