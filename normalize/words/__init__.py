"""Words and figures as Chinese texts print them: folding, numerals, dates, quantities, word lists.

Knows how such texts are written, and nothing of the form's tables.
"""
