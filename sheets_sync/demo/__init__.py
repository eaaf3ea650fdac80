"""The whole job on this machine: a local Google, a local mailbox, people who type. Every figure in it is invented."""
