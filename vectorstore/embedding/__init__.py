"""Turning texts into vectors: the embedded model, any other model, and their identity."""
