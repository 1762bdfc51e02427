"""The kinds of paper that a member's file holds, in the order of the file."""

PAPER_CHOICES = [
    ("history", "Lý lịch, phiếu đảng viên, phiếu bổ sung"),
    ("decision", "Quyết định kết nạp, công nhận, chuyển sinh hoạt"),
    ("admission", "Giấy tờ kết nạp, công nhận chính thức"),
    ("card", "Thẻ đảng viên, Huy hiệu Đảng"),
    ("transfer", "Giấy giới thiệu, phiếu báo"),
    ("review", "Kiểm điểm, đánh giá hằng năm"),
    ("award", "Khen thưởng"),
    ("discipline", "Kỷ luật, khiếu nại"),
    ("personal", "Khai sinh, căn cước, đổi tên, nơi ở"),
    ("diploma", "Văn bằng, chứng chỉ"),
    ("work", "Tuyển dụng, điều động, nghỉ hưu, xuất ngũ"),
    ("other", "Giấy tờ khác"),
]
