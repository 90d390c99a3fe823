"""The statutory form as data: its fields, applicants, labels and relations.

Enters: the CSV files beside the modules. Leaves: `loader.FORM`, and in `labels` what a text may stand
for, with a likeness; `placed` has the types for a cell of a document on a cell of the form, `instances`
the places where relations are tested. A label is added in labels.csv, a relation in relations.csv. Knows
every edition, and no layout of any document.
"""
