"""Tells the people who look after the program: what is wrong, once, with the remedy; and once when it is well again."""
