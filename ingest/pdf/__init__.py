"""From the characters of a PDF to a document: words, lines, columns, tables, blocks, text."""
