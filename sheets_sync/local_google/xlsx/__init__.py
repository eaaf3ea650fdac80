"""Excel files: read into the model of a workbook and written from it, as far as openpyxl goes.

Values, formulas, notes, formats, number formats, merges, widths and heights, frozen and hidden parts, tab colours, lists
of allowed values, links, conditional formats, the filter's range and named ranges make the journey. Charts, pictures, criteria
of filters and comment threads don't.
"""
