"""Typesetting by script: how decks name languages and fonts, line pitch, and lines that keep words together."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from conceptdeck.building.deck import font_book
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.theme import load_theme
from conceptdeck.render.powerpoint.speech import manner
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.typeset.glyphs import Span, draw_line
from conceptdeck.typeset.lines import Look, Sibling, Style, Typesetter
from conceptdeck.typeset.settings import has_orphan
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.languages import culture, is_rtl, is_western
from conceptdeck.values.units import Size, inches, points
from conceptdeck.workspace import places
from support.decks import A
from support.translated import parts_of, planned

CULTURES = {
    "en": "en-US", "en-GB": "en-GB", "en-XA": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "pt-BR": "pt-BR",
    "ja": "ja-JP", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-TW": "zh-TW", "zh-Hant-HK": "zh-HK", "ko": "ko-KR",
    "ar": "ar-SA", "ar-XB": "ar-SA", "ar-EG": "ar-EG", "he": "he-IL", "ur": "ur-PK", "th": "th-TH", "ru": "ru-RU",
    "sr-Latn": "sr-Latn-RS",
}  # fmt: skip
OWN_FONTS = {  # language: slot and font of its script
    "ja": ("ea", "Yu Gothic"),
    "zh-Hans": ("ea", "Microsoft YaHei"),
    "zh-Hant": ("ea", "Microsoft JhengHei"),
    "zh-TW": ("ea", "Microsoft JhengHei"),
    "ko": ("ea", "Malgun Gothic"),
    "ar": ("cs", "Arial"),
    "ur": ("cs", "Arial"),
    "he": ("cs", "Arial"),
    "th": ("cs", "Leelawadee UI"),
    "hi": ("cs", "Nirmala UI"),
    "bn": ("cs", "Nirmala UI"),
    "ta": ("cs", "Nirmala UI"),
    "fa": ("cs", "Arial"),
    "my": ("cs", "Myanmar Text"),
}
WORDS_OF = {  # "Why bread rises", with what is special in the letters of each
    "ko": "빵이 부푸는 까닭",
    "th": "ทำไมขนมปังจึงขึ้นฟู",
    "he": "מדוע הלחם תופח",
    "bn": "পাউরুটি কেন ফোলে, কৃষ্ণ",
    "hi": "रोटी क्यों फूलती है",
    "ta": "ரொட்டி ஏன் உப்புகிறது",
    "ka": "რატომ ამოდის პური",
    "hy": "Ինչու է հացը բարձրանում",
    "el": "Γιατί φουσκώνει το ψωμί",
    "ru": "Почему поднимается хлеб",
    "uk": "Чому хліб піднімається, ґ",
    "vi": "Vì sao bánh mì nở phồng",
    "fa": "چرا نان پف می\u200cکند",
    "ur": "روٹی کیوں پھولتی ہے",
    "km": "ហេតុអ្វីបានជានំប៉័ងប៉ោង",
    "lo": "ເປັນຫຍັງເຂົ້າຈີ່ຈຶ່ງຟູ",
    "my": "ပေါင်မုန့် ဘာကြောင့်",
    "te": "రొట్టె ఎందుకు ఉబ్బుతుంది",
    "kn": "ಬ್ರೆಡ್ ಏಕೆ ಉಬ್ಬುತ್ತದೆ",
    "ml": "റൊട്ടി എന്തുകൊണ്ട് പൊങ്ങുന്നു",
    "gu": "રોટલી કેમ ફૂલે છે",
    "pa": "ਰੋਟੀ ਕਿਉਂ ਫੁੱਲਦੀ ਹੈ",
    "or": "ରୁଟି କାହିଁକି ଫୁଲେ",
    "si": "පාන් පිපෙන්නේ ඇයි",
    "am": "ዳቦ ለምን ይነፋል",
    "dv": "ރޮށި ކީއްވެ",
    "he-IL": "לֶחֶם",
}
TOUCH = 0.02  # ems


@pytest.fixture(scope="module")
def atlas():
    return load_theme("atlas", places.find_theme)


@pytest.fixture(scope="module")
def japanese(atlas):
    return Typesetter(font_book(atlas.set_in("ja")))


# --- languages and fonts -------------------------------------------------------------------------


@pytest.mark.parametrize("tag", CULTURES)
def test_office_knows_languages_as_cultures(tag):
    assert culture(tag) == CULTURES[tag]


def test_scripts_divide_as_office_divides_them():
    assert [tag for tag in CULTURES if not is_western(tag)] == [
        "ja", "zh-Hans", "zh-Hant", "zh-TW", "zh-Hant-HK", "ko", "ar", "ar-XB", "ar-EG", "he", "ur", "th",
    ]  # fmt: skip
    assert [tag for tag in CULTURES if is_rtl(tag)] == ["ar", "ar-XB", "ar-EG", "he", "ur"]


@pytest.mark.parametrize("language", OWN_FONTS)
def test_the_theme_names_the_font_of_the_deck_s_script(atlas, language):
    slot, name = OWN_FONTS[language]
    for font in fonts(make_template(atlas.set_in(language), language)):
        assert font.find(f"{A}{slot}").get("typeface") == name
        assert font.find(f"{A}{'cs' if slot == 'ea' else 'ea'}").get("typeface") == ""


def test_the_theme_names_a_font_for_each_script_in_every_deck(atlas):
    for language in ("en", "ja", "ar", "de"):
        for font in fonts(make_template(atlas.set_in(language), language)):
            named = {each.get("script"): each.get("typeface") for each in font.findall(f"{A}font")}
            assert {"Jpan", "Hang", "Hans", "Hant", "Arab", "Hebr", "Thai", "Deva", "Beng", "Taml", "Geor"} <= set(
                named
            )
            assert all(named.values())
            assert font.find(f"{A}latin").get("typeface") in (atlas.major, atlas.minor)


def fonts(parts):
    scheme = next(etree.fromstring(parts["ppt/theme/theme1.xml"]).iter(f"{A}fontScheme"))
    return [scheme.find(f"{A}majorFont"), scheme.find(f"{A}minorFont")]


@pytest.mark.parametrize(("language", "said"), [("ja", "ja-JP"), ("zh-Hans", "zh-CN")])
def test_every_run_says_its_language_and_that_latin_words_are_english(language, said):
    for name, data in parts_of(language).items():
        if re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
            runs = re.findall(r'<a:rPr lang="([^"]+)"(?: altLang="([^"]+)")?', data.decode())
            assert set(runs) <= {(said, "en-US"), ("en-US", said)}, name


def test_languages_in_latin_letters_need_no_second_one():
    for name, data in parts_of("de").items():
        if re.fullmatch(r"ppt/slides/[^/]+\.xml", name):
            runs = re.findall(r'lang="([^"]+)"([^>]*)>(?:<(?!a:t>)[^>]*>)*<a:t>([^<]*)', data.decode())
            for said, more, text in runs:
                chinese = re.search(r"[\u4e00-\u9fff]", text)
                assert (said, "altLang" in more) == (("zh-CN", True) if chinese else ("de-DE", False)), text
            assert runs


# --- faces and line pitch ------------------------------------------------------------------------


def test_latin_takes_the_theme_as_it_is(atlas):
    assert all(atlas.set_in(language) is atlas for language in ("en", "de", "fr", "es", "pl", "sr-Latn", "en-XA"))


def test_letters_that_only_the_minor_face_has_are_set_in_it(atlas):
    for language in ("ru", "uk", "el", "sr"):
        used = atlas.set_in(language)
        assert (used.major, used.fallbacks) == ("Calibri", atlas.fallbacks)
        assert used.roles == atlas.roles


def test_the_face_of_the_script_comes_first_among_those_that_help_out(atlas):
    assert atlas.set_in("ja").fallbacks[0] == "Noto Sans JP"
    assert atlas.set_in("zh-Hans").fallbacks[0] == "Noto Sans SC"
    assert atlas.set_in("ar").fallbacks[0] == "Noto Sans Arabic"
    assert set(atlas.set_in("ja").fallbacks) == set(atlas.fallbacks)


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "ar", "he", "th", "ko"])
def test_lines_stand_further_apart_but_for_those_that_stand_alone(atlas, language):
    used = atlas.set_in(language)
    for name, role in atlas.roles.items():
        if role.single:
            assert used.roles[name] == role
        else:
            assert used.roles[name].leading > role.leading
            assert used.roles[name].sizes == role.sizes
    for layout in used.layouts.values():
        assert all(spec.role == used.roles[spec.role.name] for spec in layout.placeholders.values())


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "ar"])
def test_old_style_figures_do_not_stand_beside_other_scripts(atlas, language):
    assert (atlas.major, atlas.minor) == ("Georgia", "Calibri")
    assert atlas.set_in(language).major == "Calibri"
    assert b"Georgia" not in parts_of(language)["ppt/theme/theme1.xml"]


@pytest.mark.parametrize(("language", "text"), [("chr", "ᎦᏚ ᎠᎵᏌᎳᏗᎭ"), ("bo", "བག་ལེབ")])
def test_a_script_without_a_face_is_reported_and_estimated(atlas, language, text):
    book = font_book(atlas.set_in(language))
    shaped = book.shape(text, "Calibri")
    assert shaped.missing
    assert shaped.width > 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *WORDS_OF.items(),
        ("he", "מודל עולם"),
        ("ar", "نموذج العالم"),
        ("ja", "世界モデル"),
        ("zh-Hant", "世界模型"),
        ("ur", "عالمی ماڈل"),
    ],
)
def test_scripts_with_a_face_miss_nothing(atlas, language, text):
    used = atlas.set_in(language)
    for family, bold in ((used.major, False), (used.minor, False), (used.minor, True)):
        assert font_book(used).shape(text, family, bold).missing == ()


@pytest.mark.parametrize("language", WORDS_OF)
def test_scripts_with_a_face_are_drawn(atlas, language):
    book = font_book(atlas.set_in(language))
    spans = (Span(WORDS_OF[language], "Calibri", bold, 20.0) for bold in (False, True))
    for span in spans:
        drawn = draw_line((span,), book, rtl=is_rtl(language), language=language)
        assert drawn.missing == ()
        assert sum(bool(cluster.outlines) for cluster in drawn.clusters) > 2


@pytest.mark.parametrize("language", WORDS_OF)
def test_lines_of_a_script_do_not_touch(atlas, language):
    """The ink of one line, its marks above and below, is no higher than the line pitch of a heading."""
    used = atlas.set_in(language)
    drawn = draw_line((Span(WORDS_OF[language], used.major, False, 1.0),), font_book(used), rtl=is_rtl(language))
    heights = [
        number + dy
        for cluster in drawn.clusters
        for outline, _, dy in cluster.outlines
        for _, numbers in outline
        for number in numbers[1::2]
    ]
    assert max(heights) - min(heights) < used.roles["title"].leading + TOUCH


def test_punctuation_hangs_nowhere():
    for language in ("ja", "zh-Hans"):
        for name, data in parts_of(language).items():
            if re.fullmatch(r"ppt/slides/[^/]+\.xml", name):
                levels = re.findall(r"<a:pPr marL[^>]*>", data.decode())
                assert all('hangingPunct="0"' in level for level in levels), name


def test_korean_words_are_said_to_stay_whole():
    assert 'eaLnBrk="0"' in manner("ko-KR")
    assert "eaLnBrk" not in manner("ja")


def test_nothing_is_tracked():
    for language in ("en", "ja", "zh-Hans", "ar"):
        for name, data in parts_of(language).items():
            assert not re.search(rb'<a:(?:rPr|defRPr)[^>]* spc="', data), name


# --- themes say it right -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("scripts: {Jpan: {slot: han, font: Yu Gothic}}", "bad-choice"),
        ("scripts: {Jpan: {slot: ea, font: 'Yu\" x=\"'}}", "bad-font-name"),
        ("scripts: {Jpan: {measure: Nobody}}", "bad-choice"),
        ("scripts: {Jpan: {leading: high}}", "bad-number"),
        ("scripts: {Cher: {font: Gadugi}}", "missing-key"),
        ("scripts: {Jpan: {plain: perhaps}}", "bad-flag"),
    ],
)
def test_what_a_theme_says_of_scripts_is_checked(line, code):
    texts = {"mine.yaml": SourceText(f"extends: atlas\nname: Mine\n{line}\n", "themes/mine.yaml")}
    with pytest.raises(Failure) as caught:
        load_theme("mine", lambda name: texts.get(name) or places.find_theme(name))
    assert [problem.code for problem in caught.value.diagnostics] == [code]


# --- lines ---------------------------------------------------------------------------------------

LABEL = Style("Calibri", True, (20, 19, 18, 17, 16, 15, 14), 1.32)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("没入型ワールド", ("没入型", "ワールド")),
        ("世界基盤モデル", ("世界基盤", "モデル")),
        ("地理空間モデル", ("地理空間", "モデル")),
    ],
)
def test_words_too_long_for_a_line_break_between_scripts(japanese, text, lines):
    setting = japanese.fit(text, style=LABEL, box=Size(points(130), inches(1.5)), lang="ja")
    assert (setting.lines, setting.size_pt, setting.split) == (lines, 20, False)


def test_a_smaller_size_is_better_than_a_split_word(japanese):
    setting = japanese.fit("インタラクティブ生成", style=LABEL, box=Size(points(126), inches(1.5)), lang="ja")
    assert setting.lines == ("インタラクティブ", "生成")
    assert setting.size_pt == 15


def test_a_word_that_no_size_spares_leaves_no_character_alone(japanese):
    setting = japanese.fit("デジタルキャラクター", style=LABEL, box=Size(points(126), inches(1.5)), lang="ja")
    assert setting.split
    assert not has_orphan(setting, points(126), "ja")


def test_siblings_shrink_together_to_spare_a_word(japanese):
    box = Size(points(126), inches(1.5))
    siblings = [Sibling(text, box, "ja", LABEL.leading) for text in ("インタラクティブ生成", "生成")]
    settings = japanese.fit_together(siblings, style=LABEL)
    assert [setting.size_pt for setting in settings] == [15, 15]


def test_room_is_kept_between_scripts_for_programs_that_leave_some(japanese):
    plain = japanese.natural_width("VRルーム", "Calibri", False, 20)
    spaced = japanese.natural_width("VRルーム", "Calibri", False, 20, "ja")
    assert spaced - plain == pytest.approx(points(20 * 0.25 / 0.98), abs=2)
    for text in ("VR room", "ルーム"):
        assert japanese.natural_width(text, "Calibri", False, 20, "ja") == japanese.natural_width(
            text, "Calibri", False, 20
        )


@pytest.mark.parametrize(("last", "short"), [("2.0", True), ("。た", True), ("する", False), ("2024", False)])
def test_a_last_line_of_one_square_is_too_short(japanese, last, short):
    setting = japanese.set("世界モデル", Look("Calibri", False, 20, 1.2), inches(5), "ja")
    assert has_orphan(replace(setting, lines=("世界モデルは", last), tail=points(20)), inches(5), "ja") is short


@pytest.mark.parametrize("language", ["ja", "zh-Hans"])
def test_headings_break_between_phrases_whatever_program_draws_them(language):
    """Either margins hold the lines, or the heading has line breaks of its own, or it is running text by its length."""
    for frame in planned(language).frames:
        for item in frame.items:
            body = getattr(item, "text", None)
            for each in body.paragraphs if body else ():
                heading = len(each.runs) == 1 and (each.runs[0].major or each.runs[0].bold)
                if heading and 1 < len(each.lines) <= 3 and len(body.paragraphs) == 1:
                    assert "\n" in each.text or each.reach > each.extent, item.name
