"""The HTML document that Gradio serves, made ours: language, style, script, no social previews."""

import json
import re
from typing import Final

from ui.messages import LANGUAGES, Language, Messages

# What the script needs to say; the rest of the page gets its words from the server.
_SCRIPT_MESSAGES: Final = (
    "page-title",
    "page-chat-label",
    "page-close",
    "page-source-failed",
    "page-copied",
    "page-copy-quote",
    "page-links",
    "page-rated",
    "page-copy-link",
    "page-sources",
    "page-unavailable-title",
    "page-unavailable",
    "page-dismiss",
    "page-tabs",
    "page-tab-page",
    "page-tab-text",
    "page-open-original",
    "page-download-original",
    "page-viewer",
    "page-viewer-tools",
    "page-previous",
    "page-next",
    "page-smaller",
    "page-fit",
    "page-larger",
    "page-page-of",
    "page-page-alt",
    "page-page-alt-quote",
    "page-page-loading",
    "page-page-image-failed",
    "page-retry",
    "page-quote-goes-on",
    "page-quote-begins",
    "page-quote-back",
    "page-quote-not-located",
    "page-summary",
    "page-draft-failed",
    "page-draft-reading",
    "page-draft-too-large",
    "page-draft-read",
    "page-all-missions",
    "page-all-years",
    "page-all-pillars",
)
_SCRIPT: Final = re.compile(r"<script(?=[\s>])")
_PREVIEW: Final = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_HEAD: Final = """\
<meta name="description" content="Escale">
<link rel="icon" href="page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="page/page.css">
<link rel="stylesheet" href="page/composer.css">
<link rel="stylesheet" href="page/answer.css">
<link rel="stylesheet" href="page/source.css">
<link rel="stylesheet" href="page/viewer.css">
<link rel="stylesheet" href="page/speech.css">
<script type="application/json" id="escale-messages">{messages}</script>
<script type="module" src="page/page.js"></script>
</head>"""


def rewritten(document: str, nonce: str) -> str:
    """The document with what every page of ours has; each of its scripts carries the nonce.

    Other HTML, such as a fragment, stays as it is.
    """
    if "<gradio-app" not in document:
        return document
    document = _PREVIEW.sub("", document)
    document = document.replace('lang="en"', 'lang="fr"', 1)
    document = document.replace("</head>", _HEAD.format(messages=_messages()), 1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', document)


def _messages() -> str:
    """The script's messages as JSON that can't end its element."""
    texts = {
        code: {key.removeprefix("page-"): _template(code, key) for key in _SCRIPT_MESSAGES}
        for code in LANGUAGES
    }
    return json.dumps(texts).replace("<", "\\u003c")


def _template(language: Language, key: str) -> str:
    """A message whose numbers the script fills in: "p. {page}"."""
    return Messages(language)(key, page="{page}", count="{count}", file="{file}")
