"""What a reader does with the page, and what one sees of it."""

from playwright.sync_api import Locator, Page


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def answered(page: Page, count: int = 1) -> Locator:
    """The last reply, once there are `count` of them and it is complete."""
    page.locator("#chat .bot-row").nth(count - 1).wait_for()
    page.locator("#question .submit-button").wait_for()
    return page.locator("#chat .bot-row").last


def asked_and_answered(page: Page, question: str, count: int = 1) -> Locator:
    """Ask, and wait for the whole reply."""
    ask(page, question)
    return answered(page, count)


def folded(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def focus_of(page: Page) -> str:
    """What the focus is on, as far as it tells elements of the page apart."""
    return str(
        page.evaluate(
            "(() => { const e = document.activeElement;"
            " return e.id || e.className || e.tagName; })()"
        )
    )


def switch_to(page: Page, language: str) -> None:
    """Choose the page's language by its name."""
    page.locator("#language label", has_text=language).click()


def choose(page: Page, name: str, option: str) -> None:
    """Set a filter to one of its options."""
    page.locator(f"#{name} input").click()
    page.locator(f"#{name}").get_by_role("option", name=option, exact=True).click()
