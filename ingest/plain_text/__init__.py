"""Structure of text files, which say nothing about it: from lines, gaps and patterns."""
