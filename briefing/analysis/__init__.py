"""Pure functions over the model: the matrix, search, and whether a pack is sound."""
