"""Nouns: immutable records that parse and print themselves.

Most are named tuples: a frozen dataclass does the same, and takes eight times as long to make at
every start (0.8 ms each). The dataclasses that a definitions file is checked against have no code
generated for them: see `noun`.
"""
