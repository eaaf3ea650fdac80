"""The attacks and bad days that were once made to work on the running product. Each is shown by the tests that bear its name.

`@pytest.mark.incident("name")` says that a test shows one; `python scripts/attacks.py` prints them all as a table: what was
done, what happens now (the truth that the test states, or what it noted with `record_property("happened", …)`), who is
told, and how long it took.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

REKAP = "the office: ⚠ in Rekap, in its mail; `approve --list`"
LISTED = "the office: a question in Perlu Dicek"
OPERATOR = "the operator: sync, status, exit status"
COMMAND = "whoever ran the command, in a sentence"
NOBODY = "nobody: nothing happens"


@dataclass(frozen=True, slots=True)
class Incident:
    """`done` is what somebody did or what broke, `told` who hears of it, and where."""

    done: str
    told: str


ATTACKS: Mapping[str, Incident] = MappingProxyType(
    {
        "changed-address": Incident("register: an address changed", REKAP),
        "changed-code-and-address": Incident("register: code and address changed together", REKAP),
        "changed-everything": Incident("register: code, name, tab and address changed together", REKAP),
        "swapped-rows": Incident("register: codes (names, tabs, addresses) of two rows swapped", REKAP),
        "another-librarys-tab": Incident("register: another library's tab named in one's own row", REKAP),
        "row-above": Incident("register: a row with another library's code or name put in", REKAP),
        "second-address": Incident("register: a stranger's address added beside the library's own", REKAP),
        "written-back": Incident("register: a person removed, later written back by somebody", REKAP),
        "before-a-reminder": Incident("register: an address changed just before a reminder", REKAP),
        "pasted-rows": Incident("register: 150 rows pasted with strangers' addresses and links for names", REKAP),
        "crowded-cell": Incident("register: 2,000 addresses in one cell", REKAP),
        "changed-while-waiting": Incident("register: an address changed while its mail waits for the server", REKAP),
        "yes-by-others": Incident(
            "tab of approvals: a yes typed by somebody who may not, or with a weaker lock", REKAP
        ),
        "false-register": Incident("the register renamed, a false one put under its title", LISTED),
        "emptied-register": Incident("the register cleared, or most of its rows deleted or typed over", LISTED),
        "deleted-row": Incident("another library's row of the register deleted", LISTED),
        "mark-on-inputs": Incident("our mark put on another library's tab, the tab moved first", LISTED),
        "false-pages": Incident("Rekap renamed, a false tab of its title added", LISTED),
        "formula-like-figures": Incident("a cell of Rekap replaced by a formula that shows the same", NOBODY),
        "forged-marks": Incident(
            "marks of reports that were never made, or no marks at all, put on the workbook", OPERATOR
        ),
        "absurd-score": Incident("an official score of 1E+30", LISTED),
        "absurd-code": Incident("a code of 2,100 or 50,000 characters, or with brackets", LISTED),
        "other-librarys-figures": Incident("a tab in one's own workbook that names another library", LISTED),
        "names-as-addresses": Incident("a PIC called `Ani, Budi, …, x@example.net, Lala`", NOBODY),
        "xlsx-control-characters": Incident("control characters in names and cells, exported as .xlsx", NOBODY),
        "csv-formulas": Incident("names like =HYPERLINK(…), +cmd…, @SUM(…), exported as CSV", NOBODY),
        "terminal-escapes": Incident("names with ESC, OSC, CR and direction characters, shown in a terminal", NOBODY),
        "password-in-url": Incident("a store's address with a wrong scheme, or a password in store.yaml", COMMAND),
        "umask": Incident("umask 022: store, backups, exports, mails, key", "the operator: doctor"),
        "hostile-xlsx": Incident(
            "an .xlsx with a far cell, a giant merge, a dangling link, an entity, a bomb", COMMAND
        ),
        "template-code": Incident("code in the office's own Jinja template", COMMAND),
        "template-broken": Incident(
            "an own template that is empty, endless, gone, or sentences with odd braces", OPERATOR
        ),
        "workbook-id": Incident("a workbook's id `../../x` in office.yaml", COMMAND),
        "endpoint-in-the-clear": Incident("http://far.example as Google's address", COMMAND),
        "rebound-name": Incident("a browser's page that reaches the local Google by a rebound name", NOBODY),
        "square-growth": Incident("thousands of lines like headings, of columns alike, of misspelt libraries", NOBODY),
        "backup-report-restore": Incident("backup, report, restore, report; restore while a job is at work", COMMAND),
        "hostile-texts": Incident("over 40 hostile texts through every field and out through every door", NOBODY),
        "header-injection": Incident("line breaks and long texts as header fields", NOBODY),
        "starttls-stripped": Incident("a mail server that offers no TLS any more", OPERATOR),
    }
)

BAD_DAYS: Mapping[str, Incident] = MappingProxyType(
    {
        "clock-wrong": Incident("a clock a year, a month, a day ahead or back for 13 minutes", OPERATOR),
        "clock-and-google-away": Incident("a clock two months ahead while Google is away", OPERATOR),
        "clock-late-figures": Incident("figures typed in time while the clock is a month ahead", NOBODY),
        "clock-stands-still": Incident("a clock set back: the beat of the service", NOBODY),
        "future-run": Incident("a run noted in the future", NOBODY),
        "google-away": Incident("Google away on the send day for an hour, two days, ten days", OPERATOR),
        "by-hand-unread": Incident("`report` by hand after an edit, or while Google is away", COMMAND),
        "tab-unreadable": Incident("a library's tab can't be read when the month is due", OPERATOR),
        "errors-for-figures": Incident("a tab's figures all `Loading…`, `#N/A` or `#REF!`, or gone together", LISTED),
        "other-folder": Incident("the same configuration from another folder", COMMAND),
        "second-machine": Incident("two machines with one configuration", "whoever runs it: report, status, sync"),
        "lost-store": Incident("the store emptied or lost, a backup in its place", "whoever runs it: report, status"),
        "waiting-in-backup": Incident("mails that waited when the backup was made", "whoever runs it: deliveries"),
        "mark-unwritten": Incident("the report's mark can't be written to the home workbook", OPERATOR),
        "setup-after-deletion": Incident("a library's tab deleted, then `setup` for a new library", COMMAND),
        "setup-after-renaming": Incident("a library's tab, or the register, renamed by hand, then `setup`", COMMAND),
        "heading-retyped": Incident("a required heading typed anew", LISTED),
        "tab-deleted": Incident("a library's tab or a page of ours deleted", OPERATOR),
        "protected-page": Incident("a person protects a page of ours", OPERATOR),
        "refused-comment": Incident("Google refuses one library's comment", OPERATOR),
        "row-cant-be-made": Incident("one library's page or mail can't be made", OPERATOR),
        "scoring-fails": Incident("the scoring of one library fails", OPERATOR),
        "letter-cant-be-made": Incident("the letter or the .xlsx can't be made with one library", OPERATOR),
        "reminder-fails": Incident("a reminder's job fails once", OPERATOR),
        "mail-4xx": Incident("the mail server answers 4xx for days", "whoever looks: status, deliveries"),
        "mail-away": Incident("the mail server is not there at all", OPERATOR),
        "mail-refuses-us": Incident(
            "the mail server refuses us, whoever the recipient: a day's limit, a list", OPERATOR
        ),
        "mail-in-pieces": Incident("the mail server answers byte by byte, or without end", OPERATOR),
        "configuration-changed": Incident("recipients or sorts of mail switched off while mails wait", "deliveries"),
        "sent-anew-while-away": Incident(
            "a report sent anew while its first version waits for the server", "deliveries"
        ),
        "disk-full-while-made": Incident("the disk is full, or a template wrong, from the second mail on", OPERATOR),
        "job-fails": Incident("a report or reminder can't be made, beat after beat", OPERATOR),
        "given-up": Incident("what a month gave up is settled", COMMAND),
        "refused-once": Incident("one of a library's two addresses refused once", "whoever looks: deliveries"),
        "binned-workbook": Incident("the workbook in Drive's bin", OPERATOR),
        "drive-403": Incident("Drive answers 403 for too many requests", OPERATOR),
        "empty-answer": Incident("a read answered `{}`", OPERATOR),
        "killed-upgrade": Incident(
            "killed while the store is made or upgraded, at instants and after every statement", NOBODY
        ),
        "two-first-commands": Incident("two first commands side by side, six times", NOBODY),
        "newer-store": Incident("a store of a newer version of the program", COMMAND),
        "zeroed-pages": Incident("zeroed pages in the store, or a file that is no store", COMMAND),
        "nobody-approves": Incident(
            "nobody named who may approve; the tab of approvals unprotected", "the operator: doctor"
        ),
        "two-offices": Incident("two offices in one configuration", NOBODY),
        "kinds": Incident("`TBM` in the scheme, `tbm` in the register; a word that names no library", OPERATOR),
        "steps-in-december": Incident("a next step near the year's end, or below the present score", NOBODY),
        "forgotten": Incident("a person asks to be forgotten", COMMAND),
        "retention": Incident("messages older than the months they are kept", NOBODY),
        "undisturbed": Incident("nothing happened at all: a sync, a report month", NOBODY),
    }
)
INCIDENTS: Mapping[str, Incident] = MappingProxyType({**ATTACKS, **BAD_DAYS})
