"""The extractor reaches its figures on real notations, and on texts of our own."""

from pathlib import Path

import pytest

from documents.scoring import REAL, chair_form, host_form, key_form, labelled, score
from tochuc.documents.extract.record import extract

DEVELOPMENT = "extraction-dev.jsonl"
OWN = "extraction-own.jsonl"


@pytest.mark.real
@pytest.mark.parametrize("name", [DEVELOPMENT, OWN])
@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("citations", 0.97),
        ("event_date", 0.95),
        ("event_date where stated", 0.95),
        ("figures", 0.85),
        ("figures_core", 0.9),
        ("host", 0.85),
        ("host where stated", 0.85),
        ("chair", 0.95),
    ],
)
def test_labelled_texts_are_read_as_well_as_promised(
    name: str, measure: str, least: float, scores: dict[str, dict[str, float]]
) -> None:
    assert scores[name][measure] >= least


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, float]]:
    return {name: score(labelled(name)) for name in (DEVELOPMENT, OWN)}


def test_the_days_without_a_year_are_read_too() -> None:
    rows = [row for row in labelled(DEVELOPMENT) + labelled(OWN) if row["event_date_partial"]]
    assert len(rows) >= 10
    assert [extract(row["text"]).event_date_partial for row in rows] == [
        row["event_date_partial"] for row in rows
    ]


def test_every_surface_of_the_development_set_is_a_place_in_its_text() -> None:
    for row in labelled(DEVELOPMENT):
        record = extract(row["text"])
        for one in (*record.citations, *record.figures):
            assert record.text[one.start : one.end] == one.surface


@pytest.mark.real
def test_the_first_mention_of_most_documents_is_where_the_labels_have_it() -> None:
    pairs = [
        (one["surface"], {key_form(found.key): found.surface for found in extract(row["text"]).citations})
        for row in labelled(DEVELOPMENT)
        for one in row["citations"]
    ]
    same = sum(any(surface.startswith(got[:12]) for got in found.values()) for surface, found in pairs)
    assert same >= 0.95 * len(pairs)


@pytest.mark.real
class TestSeedConference:
    text = Path(REAL / "seed-conference.txt").read_text(encoding="utf-8")
    record = extract(text)

    def test_its_title_day_host_and_chair(self) -> None:
        assert self.record.title
        assert self.record.title.startswith("Ban Tổ chức Huyện ủy Duy Xuyên tổ chức hội nghị")
        assert str(self.record.event_date) == "2023-04-11"
        assert host_form(self.record.host) == host_form("Ban Tổ chức Huyện ủy Duy Xuyên")
        assert chair_form(self.record.chair) == {"nguyễn thị thúy hồng"}
        assert self.record.chair_post == "Ủy viên Ban thường vụ, Trưởng ban Tổ chức Huyện ủy"

    def test_the_five_documents_it_cites(self) -> None:
        keys = [one.key for one in self.record.citations]
        assert keys == ["21-NQ/TW", "NQTW4-XII", "05-CT/TW", "04-QĐi/HU", "213-QĐ/TW"]
        assert self.record.citations[0].term == "XIII"
        assert self.record.citations[2].issuer == "Bộ Chính trị"

    def test_it_counts_nothing(self) -> None:
        assert self.record.figures == ()

    def test_its_delegate_groups_without_the_chair(self) -> None:
        assert [one.text.split()[0] for one in self.record.delegates] == ["đại", "lãnh", "lãnh", "Bí"]
        assert self.record.delegates[-1].text == "Bí thư, Phó bí thư Thường trực 14 xã, thị trấn"

    def test_its_results(self) -> None:
        starts = [" ".join(one.text.split()[:3]) for one in self.record.results]
        assert starts == [
            "Từ đầu năm",
            "tích cực tham",
            "củng cố, kiện",
            "Chú trọng công",
            "triển khai thực",
            "đồng thời thực",
        ]

    def test_its_twelve_limitations_one_by_one(self) -> None:
        assert [" ".join(one.text.split()[:4]) for one in self.record.limitations] == [
            "Công tác phát triển",
            "công tác tạo nguồn",
            "dự kiến công tác",
            "Nhiều chi bộ chưa",
            "chưa đánh giá công",
            "chưa thực hiện tốt",
            "Một số cấp ủy",
            "Công tác phối hợp",
            "tổ chức sinh hoạt",
            "trong nhận xét, đánh",
            "thời gian đánh giá",
            "Công tác rà soát,",
        ]

    def test_a_list_in_brackets_is_not_cut(self) -> None:
        assert self.record.limitations[6].text.endswith("miễn công tác, miễn sinh hoạt đảng…)")

    def test_the_two_opinions_of_the_discussion(self) -> None:
        assert [" ".join(one.text.split()[:3]) for one in self.record.opinions] == [
            "Chế độ, chính",
            "công tác cải",
        ]

    def test_the_five_tasks_and_the_request(self) -> None:
        assert [" ".join(one.text.split()[:3]) for one in self.record.tasks] == [
            "Đánh giá kết",
            "triển khai thực",
            "nâng cao chất",
            "tập trung công",
            "tăng cường công",
            "Đề nghị cán",
        ]

    def test_every_passage_is_a_place_in_the_text(self) -> None:
        parts = (self.record.delegates, self.record.results, self.record.limitations, self.record.opinions)
        for one in (*self.record.tasks, *(passage for part in parts for passage in part)):
            assert self.record.text[one.start : one.end] == one.text
