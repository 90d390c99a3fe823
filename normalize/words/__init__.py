"""Words and figures as Chinese texts print them.

Enters: text, and word lists as CSV beside the modules. Leaves: folded text, quantities, numerals, dates,
headings of sections. `quantity` tells a number, a dash and a blank apart; `fold` makes labels comparable.
Knows how such texts are written, and nothing of the form's tables.
"""
