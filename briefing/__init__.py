"""Prepare and give a briefing in a terminal: documents, entities and a scenario from one parsed model."""

__version__ = "0.1.0"
