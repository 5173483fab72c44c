"""Vietnamese text, numbers and dates, identity numbers, plates, postal numbers: pure functions.

What can't be read raises ValueError.
"""
