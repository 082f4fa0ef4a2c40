"""The objects of the Python API."""
