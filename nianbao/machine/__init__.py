"""What the operating system is like: paths, disks, signals, terminals, addresses.

Enters: what the machine has. Leaves: the same, alike on every machine. The ground floor: it knows nothing
of reports, and each module is a door of its own.
"""
