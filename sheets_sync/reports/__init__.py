"""The monthly reports: an `OfficeMonth` becomes mails, a letter and a workbook. Pure: nothing is read, sent or timed here."""
