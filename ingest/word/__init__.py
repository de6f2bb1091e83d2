"""What Word files need beyond python-docx: list numbers, notes, headings without styles."""
