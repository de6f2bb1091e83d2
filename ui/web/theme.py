"""The colours and shapes of Gradio's own components, in the light and in the dark.

The page's own style sheet uses the same colours; they are defined there, as `--escale-*`.
"""

import gradio as gr

_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
_MONOSPACED = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]


def theme() -> gr.themes.Base:
    """A calm theme of one accent colour, in the fonts of the user's own system."""
    both = {
        "body_background_fill": "var(--escale-ground)",
        "body_text_color": "var(--escale-ink)",
        "body_text_color_subdued": "var(--escale-quiet)",
        "background_fill_primary": "var(--escale-surface)",
        "background_fill_secondary": "var(--escale-ground)",
        "block_background_fill": "transparent",
        "border_color_primary": "var(--escale-line)",
        "border_color_accent": "var(--escale-accent)",
        "color_accent_soft": "var(--escale-tint)",
        "input_background_fill": "var(--escale-surface)",
        "input_background_fill_focus": "var(--escale-surface)",
        "input_border_color": "var(--escale-line)",
        "input_border_color_focus": "var(--escale-accent)",
        "input_placeholder_color": "var(--escale-quiet)",
        "link_text_color": "var(--escale-accent)",
        "link_text_color_hover": "var(--escale-accent)",
        "button_secondary_background_fill": "var(--escale-surface)",
        "button_secondary_background_fill_hover": "var(--escale-tint)",
        "button_secondary_border_color": "var(--escale-line)",
        "button_secondary_text_color": "var(--escale-ink)",
    }
    dark = {f"{name}_dark": value for name, value in both.items()}
    base = gr.themes.Base(
        font=[gr.themes.Font(name) for name in _FONTS],
        font_mono=[gr.themes.Font(name) for name in _MONOSPACED],
        text_size=gr.themes.sizes.text_lg,
        radius_size=gr.themes.sizes.radius_lg,
    )
    return base.set(**both, **dark, block_border_width="0px", block_shadow="none")
