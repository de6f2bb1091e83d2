"""Who may open which page: sign-in, sessions, roles, and the administration of them."""
