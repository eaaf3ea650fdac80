"""What became of the figures of a tab: each is read, asked about, a label, or left out and said so."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model.message import Message, msg


@dataclass(frozen=True, slots=True)
class TabAccount:
    """The cells of a tab in which a number or a text with digits stands, counted by what became of them.

    `labels` are headings, titles, months, names and numbering; `unknown` stand in columns or rows that nobody knows
    and that a finding names, `sums` in totals of others, `notes` in columns for remarks, `superseded` in answers to a
    form that a later one replaced; `beside` belong to no table and are named in a finding of their own. `left` are all
    figures of a tab that is left out, `why` says for what reason.
    `unread` says that figures stand there and none is taken; `libraries` are the codes of those whose they are (none:
    nobody can say whose).
    """

    title: str
    read: int = 0
    asked: int = 0
    labels: int = 0
    unknown: int = 0
    sums: int = 0
    notes: int = 0
    superseded: int = 0
    beside: int = 0
    left: int = 0
    layout: str = ""
    why: Message | None = None
    unread: bool = False
    libraries: tuple[str, ...] = ()

    @property
    def figures(self) -> int:
        """All that stand on the tab."""
        return self.read + self.asked + self.labels + self.left_out

    @property
    def left_out(self) -> int:
        """Those that are not counted, as the account, and where it matters a finding, says."""
        return self.unknown + self.sums + self.notes + self.superseded + self.beside + self.left

    @property
    def taken(self) -> int:
        """Those that were read or asked about."""
        return self.read + self.asked


def tab_words(tab: TabAccount) -> Message:
    """What became of a tab's figures, in a line."""
    if tab.unread:
        return msg(
            "Tab “{tab}”: {count} figures stand there and are not read. {why}",
            tab=tab.title,
            count=tab.left,
            why=tab.why,
        )
    if tab.why is not None:
        return msg("Tab “{tab}”: left out. {why}", tab=tab.title, why=tab.why)
    return msg(
        "Tab “{tab}”: {read} figures read, {asked} asked about, {left} left out.",
        tab=tab.title,
        read=tab.read,
        asked=tab.asked,
        left=tab.left_out,
    )
