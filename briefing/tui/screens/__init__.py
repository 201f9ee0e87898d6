"""The desk, and the pages that lie over it for a moment."""
