"""Packs as they lie on disk: documents, settings, scenario and entity rules read and checked."""
