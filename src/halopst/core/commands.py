"""What our commands share."""

DJANGOS = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
}
"""Django's own options: they work, and stand in no help of ours."""
