"""Blocks on pages."""

from __future__ import annotations

from oyez.render.pagination import GAP, Piece, paginate


def piece(height, *, elastic=0.0, starts=False):
    return Piece(height, elastic, starts, head=50, continued=40)


def test_small_sections_share_a_page():
    sheets = paginate([piece(300, starts=True), piece(300, starts=True)], 900)
    assert [(one.first, one.last) for one in sheets] == [(0, 2)]


def test_charts_grow_into_the_white():
    (sheet,) = paginate([piece(300, elastic=400, starts=True), piece(200, elastic=400)], 900)
    assert 50 + 300 + 200 + GAP + sum(sheet.growth) == 898
    assert sheet.growth[0] == sheet.growth[1]


def test_a_section_is_kept_whole_where_that_leaves_no_half_page():
    pieces = [piece(500, elastic=350, starts=True), piece(350, starts=True), piece(350)]
    assert [(one.first, one.last) for one in paginate(pieces, 900)] == [(0, 1), (1, 3)]


def test_a_block_taller_than_a_page_stands_alone_and_flows_on():
    pieces = [piece(100, starts=True), piece(2000, starts=True), piece(100, starts=True)]
    assert [(one.first, one.last) for one in paginate(pieces, 900)] == [(0, 1), (1, 2), (2, 3)]


def test_least_pages_is_honoured_where_there_are_blocks_enough():
    pieces = [piece(100, starts=True) for _ in range(4)]
    assert len(paginate(pieces, 900, 3)) == 3
    assert len(paginate(pieces, 900, 9)) == 4
