"""How the shell works through the running server, which holds the data folder.

A Unix socket, and a token that only the folder's owner can read: no network leads there, and the
page's port doesn't either.
"""
