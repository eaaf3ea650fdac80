"""Being here puts this folder on the path, so that tests of every kind find the sample values beside it."""
