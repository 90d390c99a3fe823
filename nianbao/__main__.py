"""`python -m nianbao`: the command line.

Enters: arguments. Leaves: an exit code.
"""

from nianbao.entry import main

if __name__ == "__main__":
    main()
