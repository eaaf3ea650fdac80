"""Being here puts this folder on the path, so that tests of every kind find the sample values beside it."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)  # no test asserts a time, least of all on a busy machine
settings.load_profile("patient")
