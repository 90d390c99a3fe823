"""Processes that do what they are asked, and may die or hang of it without harm to the run.

Enters: tasks, limits of time and memory. Leaves: answers, each a value, an error or a death. Door:
`pool`. A `worker` is held to the limits; a `child` is the process and the pipe to it. What a task is
about is no matter.
"""
