"""The demo in a browser: the workbook at the left; at the right what the program does, the mails, and the clock in one's hand."""
