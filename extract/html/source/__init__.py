"""Bytes of a page -> an element tree: encoding, wrappings, markup kept back."""
