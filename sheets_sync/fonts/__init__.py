"""The typeface of charts and letters: Inter, under the SIL Open Font License (OFL.txt)."""
