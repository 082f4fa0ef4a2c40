"""Pictures made of characters, without colour: a chart, and a line of bars between words."""
