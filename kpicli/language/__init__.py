"""Names and definitions read as people write them."""
