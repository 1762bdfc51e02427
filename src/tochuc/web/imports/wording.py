"""What the pages of an import call things."""

FIELDS = {
    "full_name": "Họ và tên",
    "birth": "Ngày sinh",
    "gender": "Giới tính",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "hometown": "Quê quán",
    "residence": "Nơi cư trú",
    "occupation": "Nghề nghiệp",
    "education": "Trình độ phổ thông",
    "qualification": "Trình độ chuyên môn",
    "political_theory": "Lý luận chính trị",
    "party_post": "Chức vụ đảng",
    "post": "Chức vụ khác",
    "admitted_on": "Ngày vào Đảng",
    "official_on": "Ngày chính thức",
    "joined_cell_on": "Ngày về chi bộ",
    "card_number": "Số thẻ đảng viên",
    "member_number": "Số lý lịch",
    "national_id": "Số căn cước",
    "phone": "Điện thoại",
    "exempt": "Miễn sinh hoạt",
    "cell": "Chi bộ",
    "note": "Ghi chú",
}
VALUES = {
    "male": "Nam",
    "female": "Nữ",
    "elementary": "Sơ cấp",
    "intermediate": "Trung cấp",
    "advanced": "Cao cấp",
    "bachelor": "Cử nhân",
    "True": "Có",
    "False": "Không",
}
KEPT_BESIDE = "Lưu kèm lần nhập, chưa đưa vào hồ sơ"
"""Of columns that are read though no record holds them."""
