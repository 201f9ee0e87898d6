"""The terminal interface: the application, its screens and widgets. The only room that knows Textual."""
