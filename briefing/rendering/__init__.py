"""From model to styled lines, measured in cells: plain functions, no terminal needed."""
