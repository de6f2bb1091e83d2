"""The web page: a Gradio chat mounted in FastAPI, with the sources beside it."""
