"""A report that begins with photos: their place, their order and their descriptions."""

from PIL import Image
from playwright.sync_api import Page, expect

from reports.models import Photo
from tests.pictures import jpeg, taken_at_city_hall


def photo(name: str, content: bytes | None = None) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or jpeg()}


def open_form(visit) -> Page:
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    return page


def test_a_report_starts_from_a_photo(visit):
    page = open_form(visit)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Zacznij od zdjęcia").click()
    chooser.value.set_files([photo("dziura.jpg", taken_at_city_hall())])
    expect(page.locator("[data-start-said]")).to_have_text(
        "Zdjęcie dziura.jpg jest niżej, w punkcie 3."
    )
    expect(page.locator("[data-origin-said]")).to_contain_text("20 listopada 2026")
    page.get_by_role("button", name="Tak, to tutaj").click()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    page.get_by_role("button", name="Dopisz czas do opisu").click()
    expect(page.get_by_label("Opis", exact=True)).to_have_value(
        "Zdjęcie zrobiono: 20 listopada 2026 14:10."
    )
    expect(page.locator("[data-origin]")).to_be_hidden()


def test_photos_are_put_in_order_and_described_by_keyboard(visit):
    page = open_form(visit)
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files([photo("a.jpg"), photo("b.jpg")])
    expect(page.locator("[name=photo]")).to_have_count(2)
    page.get_by_label("Co widać na zdjęciu b.jpg?").fill("Dziura z bliska")
    later = page.get_by_role("button", name="Przesuń później: a.jpg")
    later.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-photo-status]")).to_contain_text("na miejscu 2")
    # The focus stays on the photo that moved.
    expect(page.get_by_role("button", name="Przesuń wcześniej: a.jpg")).to_be_focused()
    page.get_by_label("Adres albo współrzędne").fill("51.7652, 19.4571")
    page.get_by_role("button", name="Pokaż na mapie").click()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Głęboka dziura.")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    page.wait_for_url("**/potwierdzenie/")
    words = list(Photo.objects.order_by("position").values_list("description", flat=True))
    assert words == ["Dziura z bliska", ""]


def test_a_large_photo_is_made_small_on_a_slow_connection(visit):
    page = open_form(visit)
    size = page.evaluate(
        """async () => {
            const canvas = new OffscreenCanvas(3200, 1200);
            const context = canvas.getContext("2d");
            const noise = context.createImageData(3200, 1200);
            for (let i = 0; i < noise.data.length; i++) noise.data[i] = Math.random() * 255;
            context.putImageData(noise, 0, 0);
            const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 1 });
            const slow = { saveData: true, effectiveType: "4g" };
            Object.defineProperty(navigator, "connection", { value: slow });
            const input = document.querySelector("[name=files]");
            const files = new DataTransfer();
            files.items.add(new File([blob], "szum.jpg", { type: "image/jpeg" }));
            input.files = files.files;
            input.dispatchEvent(new Event("change"));
            return blob.size;
        }"""
    )
    expect(page.locator("[name=photo]")).to_have_count(1)
    stored = Photo.objects.get()
    assert stored.original.size < size
    with Image.open(stored.original.open("rb")) as picture:
        assert picture.size == (2560, 960)
