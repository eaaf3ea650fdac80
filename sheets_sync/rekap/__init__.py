"""Lays out the program's own tabs as values, and turns them into one list of requests. Pure: no clock, no network."""
