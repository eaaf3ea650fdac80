"""Drive: files with their rights, versions, comments and changes, found by queries, imported and exported."""

from sheets_sync.local_google.drive import changes, comments, exports, files, finding, permissions, upload

FAMILIES = (files, finding, exports, permissions, comments, changes, upload)
HANDLERS = {name: handler for family in FAMILIES for name, handler in family.HANDLERS.items()}
