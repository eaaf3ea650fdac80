"""What goes on while nobody looks: the service's beats, what it watches and whom it tells, what it keeps and lets go of."""
