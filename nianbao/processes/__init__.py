"""Processes that do what they are asked, and may die or hang of it without harm to the run.

Tasks enter at the door, `pool`; answers leave, each a value, an error or a death. A `worker` is held to
limits of time and memory; a `child` is the process and the pipe to it. What tasks are about is no matter.
"""
