"""Text recognition: images of pages → their words. Tesseract does it, where it is installed."""
