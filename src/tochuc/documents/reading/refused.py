"""The refusal of a file that somebody brought."""

from tochuc.kernel.errors import BadInput

HOW_TO_TEXT = (
    "Hãy lưu văn bản thành tệp .docx hoặc .txt rồi tải lên lại, hoặc dán thẳng nội dung vào ô bên cạnh."
)
HOW_TO_ATTACHMENT = "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh (.png, .jpg) hoặc văn bản (.txt)."


class UploadRefused(BadInput):
    """A file that can't be taken in; the message says what is wrong with it and what to do."""

    def __init__(self, code: str, message: str, field: str | None = "file") -> None:
        super().__init__(code, message, field)


def size_words(count: int) -> str:
    """A number of bytes as people speak of files: `5 MB`, `1,5 MB`, `300 KB`, `12 byte`."""
    for unit, size in (("MB", 1024 * 1024), ("KB", 1024)):
        if count >= size:
            return f"{count / size:.1f}".rstrip("0").rstrip(".").replace(".", ",") + f" {unit}"
    return f"{count} byte"


def check_size(raw: bytes, limit: int) -> None:
    """Refuse a file that is empty or has more than `limit` bytes."""
    if not raw:
        raise UploadRefused("upload.empty", "Tệp rỗng, không có nội dung. Hãy kiểm tra và chọn lại tệp.")
    if len(raw) > limit:
        raise UploadRefused(
            "upload.too_large",
            f"Tệp có {size_words(len(raw))}, vượt giới hạn {size_words(limit)}. Hãy chia nhỏ hoặc nén ảnh trong tệp.",
        )
