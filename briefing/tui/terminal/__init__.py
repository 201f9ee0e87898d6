"""The terminal: the only room that touches Textual's driver, input parser, output and environment.

Textual promises nothing of what stands under it, so that it is pinned exactly, and tests fail when it changes.
"""
