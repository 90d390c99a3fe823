"""The command line: arguments enter, an exit code leaves; help and mistakes are said here.

The door is `cli`. `run_command`, `show_command` and `fields_command` have the options, one command each;
`show_report`, `picture` and `form_fields` print or draw; `usage` says in Chinese what click says in English.
"""
