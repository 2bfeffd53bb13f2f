"""The app of instructions.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class InstructionsConfig(AppConfig):
    """Instructions, conditions, targets."""

    name = "isonomy.web.instructions"
    label = "instructions"
