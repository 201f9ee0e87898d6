"""What a word is made of, where a letter and the marks set upon it are characters of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def word_signs(texts: Iterable[str]) -> str:
    r"""What words in `texts` are made of, as the inside of a class of a regular expression.

    Letters, digits, "_", and those combining marks (Unicode's categories Mn, Mc and Me) that stand in the texts: `\w`
    holds none of them, and there are too many to name them all.
    """
    signs: set[str] = set().union(*(set(text) for text in texts if not text.isascii()))
    return r"\w" + "".join(re.escape(sign) for sign in sorted(signs) if unicodedata.category(sign)[0] == "M")
