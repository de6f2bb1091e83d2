"""Answers written by a language model, held to the reports word by word."""
