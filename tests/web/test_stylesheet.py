from web.stylesheet import ORDER, SOURCES, write_stylesheet


def test_the_style_sheet_holds_its_parts_in_order(tmp_path):
    target = tmp_path / "build" / "portal.css"
    write_stylesheet(target)
    whole = target.read_text()
    places = [whole.index((SOURCES / f"{name}.css").read_text()) for name in ORDER]
    assert places == sorted(places)
