"""The element tree of a page -> its blocks, by one walk over it."""
