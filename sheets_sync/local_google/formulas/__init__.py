"""Formulas: text becomes tokens, tokens a tree, the tree a value; and references in the text follow what happens to the grid."""
