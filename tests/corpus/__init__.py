"""Generator of test reports: facts first, then a page that prints them, and the answers beside it.

Enters: a seed. Leaves: files in many layouts and a `truth.jsonl` that says what a careful person reads
in them. The package shares no code with the readers; both only share the official form.
"""

from __future__ import annotations
