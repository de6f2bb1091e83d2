"""Fictitious mission reports of a fictitious city, rendered to files whose true text is known."""
