"""Standings as addresses and lists show them."""

from __future__ import annotations

from tochuc.members.kinds import OFFICIAL, OUTSIDE, PROBATIONARY, SYMPATHISER

SLUGS = {
    OFFICIAL: "chinh-thuc",
    PROBATIONARY: "du-bi",
    SYMPATHISER: "cam-tinh",
    OUTSIDE: "khong-con",
}
OF_SLUG = {slug: standing for standing, slug in SLUGS.items()}
SHORT = {
    OFFICIAL: "Chính thức",
    PROBATIONARY: "Dự bị",
    SYMPATHISER: "Cảm tình đảng",
    OUTSIDE: "Không còn trong danh sách",
}


IN_PARTY_CHOICES = [("", "Tất cả"), *((SLUGS[s], SHORT[s]) for s in (OFFICIAL, PROBATIONARY))]
ALL_CHOICES = [
    ("", "Tất cả"),
    *((SLUGS[s], SHORT[s]) for s in (OFFICIAL, PROBATIONARY, SYMPATHISER, OUTSIDE)),
]
