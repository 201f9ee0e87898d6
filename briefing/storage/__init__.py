"""Reading packs from their files, and keeping what officers decide."""
