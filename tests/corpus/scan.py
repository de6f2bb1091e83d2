"""Scans: pages of a PDF as images, with noise, blur and skew."""

from pathlib import Path

import numpy as np


def scan(
    source: Path, target: Path, *, dpi: int = 200, angle: float = 0.0, noise: float = 8.0
) -> None:
    """Writes the pages of a PDF as a scanner would: grey images in a PDF, or in a TIFF."""
    import pypdfium2
    from PIL import Image, ImageFilter

    random = np.random.default_rng(7)
    images = []
    pdf = pypdfium2.PdfDocument(source)
    for page in pdf:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        image = image.filter(ImageFilter.GaussianBlur(0.6))
        pixels = np.asarray(image, dtype=np.float32) * 0.95 + 6
        pixels += random.normal(0, noise, pixels.shape)
        images.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    pdf.close()
    first, *others = images
    first.save(target, save_all=True, append_images=others, resolution=dpi, dpi=(dpi, dpi))
