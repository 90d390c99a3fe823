"""Placed cells -> observations, the arithmetic of the form, and what is missing or in doubt.

Nothing in here changes a number.
"""
