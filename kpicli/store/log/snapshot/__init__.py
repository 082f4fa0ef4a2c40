"""Where the lines of a long log stand, remembered, so that it is hashed instead of read."""
