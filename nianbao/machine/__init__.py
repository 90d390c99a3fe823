"""What the operating system is like: paths, disks, signals, terminals, addresses.

The ground floor: knows nothing of reports, and has no door of its own. Paths, streams and errors enter; the
same leave, in a shape that does not depend on the machine.
"""
