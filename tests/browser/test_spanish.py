"""Two replies of a visit in Spanish, on pages in Spanish, in a Spanish browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.steps import check_page, end, say, settled, to_debrief

if TYPE_CHECKING:
    from tests.browser.served import Served

REPLIES = (
    "Suena a que le da miedo la insulina. ¿Qué ha visto usted con la insulina?",
    "Tiene sentido que le dé miedo, después de lo que vio en su casa.",
)


def test_a_visit_in_spanish_is_spanish_throughout_and_accessible(served: Served, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="es-MX", reduced_motion="reduce")
    page = context.new_page()
    page.goto(served.url)
    expect(page.get_by_role("heading", name="¿A quién quieres atender?")).to_be_visible()
    settled(page)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    check_page(page, "the choice in Spanish")
    page.locator(".st-key-see-elvira-insulina button").click()
    expect(page.get_by_text("Lo que sabes antes de entrar")).to_be_visible()
    settled(page)
    page.locator(".st-key-go-in button").click()
    box = page.get_by_test_id("stChatInputTextArea")
    box.wait_for()
    for words in REPLIES:
        say(page, box, words)
    expect(page.locator(".rp-coach").last).to_contain_text("Validación")
    expect(page.locator(".voice p").last).to_have_attribute("lang", "es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    check_page(page, "a visit in Spanish")
    end(page)
    to_debrief(page)
    check_page(page, "the debrief in Spanish")
    page.get_by_role("button", name="No estoy de acuerdo con la respuesta 1").click()
    page.get_by_text("¿Qué nivel pondrías tú?").wait_for()
    settled(page)  # a press while the place is still being drawn and moved may land beside the button
    page.get_by_role("button", name="Guardar mi nivel").click()
    expect(page.get_by_text("Guardado, y gracias")).to_be_visible()
    page.goto(served.url + "/about")
    page.locator(".st-key-language").get_by_text("English").click()
    expect(page.get_by_role("heading", name="About Rapport")).to_be_visible()
    # The page keeps the choice in its cookie a moment after it shows the words; who leaves within that loses it.
    page.wait_for_function("document.cookie.includes('rapport_language=en')")
    page.goto(served.url)  # a session of its own: the cookie remembers
    expect(page.get_by_role("heading", name="Whom would you like to see?")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()
