"""What a pack holds, as rows and as text: for pipes, scripts and screen readers."""
