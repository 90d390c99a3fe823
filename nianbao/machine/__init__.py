"""What the operating system is like: paths, disks, signals, terminals, addresses.

The ground floor: knows nothing of reports.
"""
