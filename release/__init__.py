"""What is handed to hosts without a package index: `make pyz` and `make wheelhouse`."""
