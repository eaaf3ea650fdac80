"""What we ask of Google for: no more than is needed."""

# Google's discovery documents name, method by method, the scopes of which one suffices. `spreadsheets` is the smallest that
# may write (spreadsheets.batchUpdate, comments among its requests) and covers spreadsheets.get. Of Drive we call files.list
# and about.get, for ids, names, versions and who changed them last: metadata, no content. `drive.file` would be smaller
# still, but shows only files that a person has picked for the program or that it made itself, and a workbook that is merely
# shared with a service account is neither.
SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
)
