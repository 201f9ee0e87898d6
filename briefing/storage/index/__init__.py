"""The index of a pack: what reading its files has found, kept so that it need not be found again.

A cache and no more: it can be deleted at any time and is made anew at any doubt. What officers decide is not in it.
"""
