"""Evaluations: sets of questions with known answers, and the floors they must reach."""
