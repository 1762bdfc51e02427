"""What each action of the policy is called, and each reach, for the document of rights and for people."""

from tochuc.access.policy import ALL, BELOW, SELF, UNIT

ACTIONS = {
    "home.read": "Xem việc cần làm của mình",
    "account.self": "Dùng tài khoản của mình: hồ sơ, mật khẩu, nơi làm việc",
    "token.manage": "Tạo, thu hồi mã truy cập của mình",
    "organisation.read": "Xem tổ chức đảng",
    "organisation.arrange": "Sắp xếp tổ chức: lập, thực hiện, hủy, khóa phương án",
    "organisation.congress": "Ghi đại hội của tổ chức",
    "ledger.read": "Xem biến động và số lượng đảng viên",
    "member.list": "Xem danh sách đảng viên, cảm tình đảng",
    "member.read": "Xem hồ sơ đảng viên",
    "member.private": "Xem nơi cư trú, điện thoại, dân tộc, tôn giáo",
    "member.identity": "Xem số căn cước",
    "member.edit": "Ghi thông tin trong hồ sơ đảng viên",
    "member.papers": "Mở giấy tờ trong hồ sơ đảng viên",
    "member.check": "Kiểm tra hồ sơ của mình, đề nghị sửa",
    "member.approve": "Duyệt đề nghị sửa hồ sơ",
    "member.search": "Tìm đảng viên",
    "member.record": "Ghi biến động đảng viên",
    "member.record_exit": "Ghi khai trừ, xóa tên, cho ra khỏi Đảng, phục hồi theo quyết định",
    "member.correct": "Đính chính biến động đã ghi",
    "document.read": "Xem sổ văn bản",
    "document.verify": "Xác minh văn bản được trích dẫn",
    "conference.read": "Xem hồ sơ hội nghị",
    "conference.edit": "Lập, sửa hồ sơ hội nghị và phát hành kết luận",
    "conclusion.read": "Xem thông báo kết luận",
    "task.read": "Xem nhiệm vụ ở mọi đơn vị được giao",
    "task.edit": "Giao nhiệm vụ",
    "assignment.read": "Xem nhiệm vụ được giao và báo cáo",
    "assignment.report": "Báo cáo tiến độ nhiệm vụ",
    "file.read": "Mở tệp đính kèm",
    "report.read": "Xem báo cáo",
    "members.import": "Nhập danh sách đảng viên, hoàn tác lần nhập",
    "changeset.read": "Xem lần nhập danh sách",
    "case.read": "Xem hồ sơ quy trình",
    "case.act": "Ghi bước của hồ sơ quy trình mà mình được làm",
    "case.due": "Thấy bước đến hạn của hồ sơ quy trình",
    "closed_case.read": "Xem hồ sơ kín (kỷ luật, khiếu nại) mà tổ chức mình tham gia",
}

REACHES = {
    SELF: "của chính mình",
    UNIT: "tại tổ chức của vai trò",
    BELOW: "tại tổ chức của vai trò và các tổ chức trực thuộc",
    ALL: "mọi nơi",
}
