"""The spreadsheets.* methods: what a workbook shows of itself, and the requests that change it."""
