"""Reading on a Dask cluster: the same as on one machine, elsewhere.

Enters: what is to be read. Leaves: the events of its reading; the journal stays here. Door: `dask`.
"""
