"""Processes that do what they are asked, and may die or hang of it without harm to the run.

Knows tasks, limits of time and memory; not what a task is about.
"""
