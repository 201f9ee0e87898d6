"""What the desk is made of: widgets that take model objects, draw lines and post messages."""
