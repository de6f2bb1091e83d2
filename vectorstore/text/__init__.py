"""Text tools that every room shares: normalisation, tokens, sentences, language."""
