"""Drive: files with their rights, versions, comments and changes, found by queries, imported and exported."""

from sheets_sync.local_google.drive import changes, comments, files, permissions, upload

HANDLERS = {**files.HANDLERS, **permissions.HANDLERS, **comments.HANDLERS, **changes.HANDLERS, **upload.HANDLERS}
