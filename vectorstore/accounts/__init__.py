"""Who may do what, who did it, and how the assistant is used."""
