"""The subcommands of `casebook`, one a module: `add_arguments(parser)` and `run(options) -> exit status`.

A module is imported when its command is called, so that a check does not pay for what an export needs.
"""
