"""Killing a process that writes the data folder, and proving afterwards that nothing was hurt."""
