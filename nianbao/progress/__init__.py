"""How far a run has come.

Enters: what is done. Leaves: a bar, lines or events on standard error. Door: `watchers`, one of which
watches a run. `pace` counts and estimates, `pace_words` says it in words, `stage_times` keeps times for
run.json.
"""
