"""The command line.

Enters: arguments. Leaves: an exit code, and what is printed. Door: `cli`. `run_command`, `show_command`
and `fields_command` have the options, `show_report`, `picture` and `form_fields` print; `usage` says in
Chinese what click says in English.
"""
