"""Workbooks in a browser, at the address that Google uses: `/spreadsheets/d/ID/edit`.

The pages are written on the server from what `spreadsheets.get` says to whoever looks, and typing goes back through
`values.update`. They are a face of the local Google and know nothing of what a workbook is about.
"""
