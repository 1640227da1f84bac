"""What a client reads."""
# ruff: noqa: E501  long expected words

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from reading import everything, filled_to, pages
from sample_edition import SAMPLES, french, tiny, unwatched

from oyez.render.language import _keys
from oyez.render.pdf import render_pdf
from oyez.render.theme import load_theme

FULLEST_WHITE = 0.62  # a page whose text area ends above this share is half empty


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_is_half_empty(name, pdf_of):
    shares = filled_to(pdf_of(name))
    first = 0 if name == "restaurant" else 1  # the cover is a picture
    assert min(shares[first:]) >= FULLEST_WHITE, [round(share, 2) for share in shares]


@pytest.mark.parametrize("name", SAMPLES)
def test_text_stays_within_the_page(name, pdf_of):
    for number, page in enumerate(pdfium.PdfDocument(pdf_of(name))):
        margin = 0 if number == 0 else 15 * 72 / 25.4
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert left >= margin, text.get_text_range()
            assert bottom >= 0
            assert right <= page.get_width() - margin + 0.5, text.get_text_bounded(
                left, bottom, right, top
            )
            assert top <= page.get_height() + 0.5


@pytest.mark.parametrize(
    ("name", "least"), [("french", 6), ("english", 6), ("empty", 6), ("unwatched", 6)]
)
def test_a_complete_report_has_six_pages_at_least(name, least, pdf_of):
    assert len(pages(pdf_of(name))) >= least


def test_a_small_business_gets_two_pages(pdf_of):
    first, second = pages(pdf_of("restaurant"))
    assert "12 avis seulement sur la période" in first
    assert "Vos trois actions" in first
    assert "Réservation perdue" in second
    assert "Vos voisins" in second


def test_only_the_sections_asked_for_are_printed_in_their_order(theme):
    short = french().model_copy(update={"sections": ["coverage", "sentiment"]})
    text = everything(render_pdf(short, theme, None))
    assert text.index("Complétude de collecte") < text.index("Répartition de la période")
    assert "Volume de mentions" not in text
    assert "Rapport mensuel" in text  # the footer; there is no cover
    assert "Préparé pour" not in text


def test_the_same_figure_reads_the_same_on_every_page(pdf_of):
    found = pages(pdf_of("french"))
    assert [("1 332" in text) for text in (found[0], found[1], found[2])] == [True] * 3
    whole = " ".join(found)
    assert whole.count("27,4 %") >= 3
    assert "contre 1 242" in whole


def test_a_delta_stands_beside_the_prior_value(pdf_of):
    summary = pages(pdf_of("french"))[1]
    assert "+7,2 %" in summary
    assert "contre 1 242 (mois préc.)" in summary
    assert "N-1 : 1 012" in summary


def test_french_typography_survives_the_page(pdf_of):
    text = everything(pdf_of("french"))
    assert "−8,4 pts" in text.replace("\u2010", "-")
    assert "+1,6 pt " in text  # singular under two
    assert "1er octobre 2026" in text
    assert "aujourd’hui" not in text


def test_missing_data_are_announced_with_their_intervals(pdf_of):
    found = pages(pdf_of("french"))
    assert "Données manquantes" in found[1]
    assert "du 17 sept., 4 h 00 au 17 sept., 21 h 15" in found[1]
    where = next(text for text in found if "Interruptions de collecte" in text)
    assert "export non déposé" in where


def test_not_measured_is_never_printed_as_zero(pdf_of):
    summary = pages(pdf_of("unwatched"))[1]
    assert summary.count("Non mesuré") >= 7
    assert "Mentions 0" not in summary


def test_zero_is_never_printed_as_not_measured(pdf_of):
    summary = pages(pdf_of("empty"))[1]
    assert "Personne n’a parlé de la marque" in summary
    assert "Non mesuré" not in summary
    assert "Mentions 0" in summary


def test_under_the_minimum_a_rate_is_a_count(pdf_of):
    summary = pages(pdf_of("english"))[1]
    assert "15 answered of 19" in summary
    assert "78.9" not in summary
    assert "no rate under 30" in summary


@pytest.mark.parametrize("name", SAMPLES)
def test_no_key_of_the_catalogue_is_printed(name, pdf_of):
    words = set(re.findall(r"[a-z_0-9]+(?:\.[a-z_0-9]+)+", everything(pdf_of(name))))
    assert not words & (_keys("fr") | _keys("en"))


def test_a_tiny_share_of_voice_is_a_count_on_every_page(pdf_of):
    text = everything(pdf_of("tiny"))
    assert "Part de voix 14 mentions sur 16" in text
    assert "La marque mène avec 14 mentions sur 16, devant Cyclane (2)." in text
    assert "7 des 14 mentions ont paru sur X" in text
    assert "87,5" not in text
    assert "12,5" not in text
    assert "35,7" not in text


def test_no_empty_chart_of_negative_days(pdf_of):
    assert "Part de mentions négatives par jour" not in everything(pdf_of("tiny"))


def test_the_noun_agrees_with_the_messages_that_came_in(pdf_of):
    assert "1 sollicitation, 0 avec réponse" in everything(pdf_of("tiny"))


def test_zero_of_a_partly_measured_week_is_not_said_of_every_day():
    from oyez.render.language import Language
    from oyez.render.plates import Plates
    from oyez.render.tiles import tile

    week = tiny()
    zero = {"item_count": 0, "positive_count": 0, "neutral_count": 0, "negative_count": 0}
    rows = [row | zero for row in week.tables["volume_by_day"]]
    volume = week.figures["mention_volume"].model_copy(update={"value": 0})
    one = week.model_copy(
        update={"tables": {"volume_by_day": rows}, "figures": {"mention_volume": volume}}
    )
    language = Language("fr-FR")
    told = tile("mention_volume", one, language)
    assert (told.value, told.note) == ("0", "mesuré en partie")
    note = Plates(one, language, load_theme("oyez").palette).volume_days(600, 200).note
    assert "chaque jour" not in note
    assert "en partie" in note


def test_each_status_has_its_own_words(pdf_of):
    text = everything(pdf_of("english"))
    for words in (
        "≥",
        "Not measured",
        "Fewer than nine in ten answered",
        "Too few cases",
        "not comparable",
    ):
        assert words in text
    assert "measured, with no case to compute from" not in text
    assert "Sans objet" in everything(pdf_of("empty"))


def test_a_week_is_printed_with_the_thirteen_last_ones(pdf_of):
    assert "The last 13 weeks" in everything(pdf_of("english"))


def test_methods_refuse_advertising_value_and_name_reach_potential(pdf_of):
    last = " ".join(pages(pdf_of("french"))[-2:])
    assert "AVE" in last
    assert "plafond" in last
    assert "Portée potentielle" in everything(pdf_of("french"))


def test_the_agency_signs_and_the_tool_does_not(pdf_of):
    text = everything(pdf_of("french")).lower()
    assert "atelier nord" in text
    assert "oyez" not in text


def test_verbatims_lead_to_their_source(pdf_of):
    found = set()
    for page in pdfium.PdfDocument(pdf_of("french")):
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page.raw, position, link):
            action = raw.FPDFLink_GetAction(link)
            buffer = ctypes.create_string_buffer(300)
            raw.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, 300)
            found.add(buffer.value)
    assert b"https://example.org/post/1" in found


def test_the_reader_gets_bookmarks_title_and_language(pdf_of):
    document = pdfium.PdfDocument(pdf_of("french"))
    assert (
        document.get_metadata_value("Title")
        == "Maison Verdier – Rapport mensuel, septembre\u00a02026"
    )
    assert document.get_metadata_value("Author") == "Atelier Nord"
    titles = [one.get_title() for one in document.get_toc()]
    assert titles[:3] == ["Synthèse", "Volume de mentions", "Tonalité"]


def test_the_edition_and_its_tables_travel_inside(pdf_of):
    document = pdfium.PdfDocument(pdf_of("french"))
    files = {
        document.get_attachment(i).get_name(): bytes(document.get_attachment(i).get_data())
        for i in range(document.count_attachments())
    }
    assert files["edition.json"] == french().canonical()
    assert files["share_of_voice.csv"].decode("utf-8-sig").splitlines()[0].startswith("brand_id,")


@pytest.mark.parametrize(
    "subsetter", ["harfbuzz", pytest.param("fonttools", marks=pytest.mark.e2e)]
)
def test_equal_editions_give_equal_bytes_in_other_processes(tmp_path, subsetter):
    absent = "import weasyprint.pdf.fonts as fonts; fonts.harfbuzz_subset = None\n"
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        f"{absent if subsetter == 'fonttools' else ''}"
        "from sample_edition import english\n"
        "from oyez.render.pdf import render_pdf\n"
        "from oyez.render.theme import load_theme\n"
        "open(sys.argv[2], 'wb').write(render_pdf(english(), load_theme('tidewater'), load_theme('atelier-nord')))"
    )
    made = []
    for seed in ("1", "4242"):
        out = tmp_path / f"{seed}.pdf"
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": "Asia/Tokyo" if seed == "1" else "UTC",
        }
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent), str(out)],
            check=True, env=environment,
        )  # fmt: skip
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_a_client_without_a_logo_or_an_agency_theme_is_printed_by_name(edition):
    plain = load_theme("oyez")
    assert "Atelier Nord" in pages(render_pdf(edition, plain, None))[1]


def test_unwatched_chart_is_hatched_and_named():
    from oyez.render.language import Language
    from oyez.render.plates import Plates

    svg = (
        Plates(unwatched(), Language("fr-FR"), load_theme("oyez").palette).volume_days(600, 200).svg
    )
    assert "non mesuré" in svg
    assert (
        svg.count("<rect") <= 4
    )  # the legend and the words' ground: no bar, not even an empty one


def test_a_measured_month_without_a_review_is_a_break_not_a_hatch(edition):
    from oyez.render.language import Language
    from oyez.render.plates import Plates

    language, palette = Language("fr-FR"), load_theme("oyez").palette
    rows = [
        {"month": f"2026-0{n}-01", "review_count": 0 if n == 2 else 4, "status": "ok",
         "average_rating": None if n == 2 else 4.0}
        for n in (1, 2, 3)
    ]  # fmt: skip

    def drawn(rows):
        one = edition.model_copy(update={"tables": {"reviews_by_month": rows}})
        return Plates(one, language, palette).rating_months(300, 150).svg

    assert "non mesuré" not in drawn(rows)
    rows[1] |= {"status": "not_measured", "review_count": None}
    assert "non mesuré" in drawn(rows)


def test_the_default_theme_has_no_logo_of_ours():
    assert load_theme("oyez").logo is None


def test_a_lower_bound_is_printed_of_counts_only(edition):
    from oyez.render.language import Language
    from oyez.render.tiles import tile

    partial = {
        name: edition.figures[name].model_copy(update={"status": "partial"})
        for name in ("mention_volume", "net_sentiment", "share_of_voice")
    }
    one = edition.model_copy(update={"figures": {**edition.figures, **partial}})
    told = {name: tile(name, one, Language("fr-FR")) for name in partial}
    assert told["mention_volume"].value.startswith("≥")
    assert "≥" not in told["net_sentiment"].value + told["share_of_voice"].value
    assert "sur les heures mesurées" in told["net_sentiment"].note


def test_a_history_of_two_periods_is_not_drawn(edition, theme):
    rows = [
        row if index > 10 else row | {"item_count": None, "net_sentiment": None, "status": "not_measured"}
        for index, row in enumerate(edition.tables["volume_by_period"])
    ]  # fmt: skip
    young = edition.model_copy(update={"tables": {**edition.tables, "volume_by_period": rows}})
    text = everything(render_pdf(young, theme, None))
    assert "Les 13 derniers mois" not in text
    assert "Part de mentions négatives par jour" in text
    assert "Les 13 derniers mois" in everything(render_pdf(edition, theme, None))


def test_a_negative_spike_comes_before_the_figures(edition, theme):
    from sample_edition import found, verbatim

    hours = [
        {"day": "2026-09-08", "hour": hour, "item_count": 2 * hour, "negative_count": hour}
        for hour in range(24)
    ]
    press = verbatim("2026-09-08T07:42", "news", "Colère des clients", "negative", author="L’Écho")
    crisis = edition.model_copy(
        update={
            "findings": edition.findings
            | {"spike": [found("spike.onset", day="2026-09-08", hour=5, count=10, busy_count=6)]},
            "tables": edition.tables | {"spike_by_hour": hours},
            "verbatims": edition.verbatims | {"spike_press": [press]},
        }
    )
    summary = pages(render_pdf(crisis, theme, None))[1]
    assert summary.index("Le pic négatif, heure par heure") < summary.index("Tonalité nette")
    assert "le volume quitte son niveau habituel" in summary
    assert "8 sept., 7 h 42 · L’Écho" in summary


def test_a_small_business_reads_its_waiting_reviews_and_its_neighbours_ratings(pdf_of):
    second = pages(pdf_of("restaurant"))[1]
    todo = second[second.index("Avis à traiter") : second.index("Tous les avis négatifs")]
    assert todo.index("Une heure d’attente") < todo.index("Très bon moment")
    assert "Le Petit Quai 4,21/5 61 28 26,4 %" in second
    assert "La Table du Mail – – 44 41,5 %" in second  # no review of it is known


def test_a_stray_mention_of_an_unwatched_day_is_no_column(edition):
    from oyez.render.language import Language
    from oyez.render.plates import Plates

    rows = [dict(row) for row in edition.tables["volume_by_day"][:3]]
    rows[0] |= {"item_count": 1, "status": "not_measured"}
    one = edition.model_copy(update={"tables": {"volume_by_day": rows}})
    plate = Plates(one, Language("fr-FR"), load_theme("oyez").palette).volume_days(600, 200)
    assert "non mesuré" in plate.svg
    assert "1 jour n’a pas été mesuré" in plate.note
    assert "1 mention datée d’un jour non mesuré" in plate.note
    assert "la plus calme : le 1er" not in plate.note.replace("\u00a0", " ")


def test_a_target_stands_beside_its_figure(edition):
    from oyez.edition.model import Comparison
    from oyez.render.language import Language
    from oyez.render.tiles import tile

    score = edition.figures["review_score"]
    target = Comparison(value=4.4, kind="target", status="ok", bound="at_least")
    aimed = score.model_copy(update={"comparisons": [*score.comparisons, target]})
    one = edition.model_copy(update={"figures": {"review_score": aimed}})
    words = tile("review_score", one, Language("fr-FR")).target.replace("\u00a0", " ")
    assert words == "objectif 4,40/5 : non atteint"


def test_emoji_are_drawn_and_digits_stay_those_of_the_text(edition, theme):
    from sample_edition import verbatim

    quote = verbatim("2026-09-08T07:42", "x", "Remboursée en 24 h, merci 👏🏽 😡", "positive")
    one = edition.model_copy(
        update={"sections": ["verbatims"], "verbatims": {"positive": [quote], "negative": []}}
    )
    fonts: dict[str, set[str]] = {"picture": set(), "digit": set()}
    for page in pdfium.PdfDocument(render_pdf(one, theme, None)):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text.raw, index)
            kind = "digit" if chr(code).isdecimal() else "picture" if code >= 0xD800 else ""
            if kind:
                buffer = ctypes.create_string_buffer(99)
                raw.FPDFText_GetFontInfo(text.raw, index, buffer, 99, ctypes.c_int(0))
                fonts[kind].add(buffer.value.decode())
    assert fonts["picture"]
    assert all("Emoji" in name for name in fonts["picture"])
    assert not any("Emoji" in name for name in fonts["digit"])
