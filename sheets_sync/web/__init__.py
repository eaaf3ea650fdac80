"""Pages for one person at this machine: on loopback only, behind a key that is good once. Needs the extra `demo`."""
