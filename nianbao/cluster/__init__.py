"""Reading on a Dask cluster: the same as on one machine, elsewhere."""
