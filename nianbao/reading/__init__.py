"""One file found -> what is in it and what became of it, in a process that may die of it.

Enters: files found, or old readings. Leaves: events for the journal. Doors: `dispatch` gives out the work and
tries again what a process died of; `worker_tasks` is what a process does. There `items` says what bytes are,
`first_reading` and `second_reading` read them, `understand` makes the report, and
`outcomes` says what became of it.
"""
