"""How far a run has come: what is done enters, a bar, lines or events on standard error leave.

The door is `watchers`, of which one kind watches a run; `pace` counts and estimates, `pace_words` says it in
words, `stage_times` keeps what run.json says of times.
"""
