"""What the cells of each kind of field say: a table of forms for each kind, and nothing outside the tables is read."""
