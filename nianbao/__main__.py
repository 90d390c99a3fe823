"""`python -m nianbao`: the command line."""

from nianbao.entry import main

if __name__ == "__main__":
    main()
