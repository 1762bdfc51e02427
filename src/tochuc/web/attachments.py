"""A field for a file that somebody brings along: what it is is told by its content, and it may not be too large."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from tochuc.documents.reading.attachment import check_attachment
from tochuc.documents.reading.names import safe_name
from tochuc.documents.reading.refused import size_words
from tochuc.kernel.errors import DomainError


class AttachmentField(forms.FileField):
    """A file as `documents.files.store` takes it: its safe name, type by content, and bytes; None where none came."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "PDF, Word, Excel hoặc ảnh; không quá 10 MB.")
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}))
        super().__init__(required=required, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if (upload.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                f"Tệp lớn hơn {size_words(settings.UPLOAD_LIMIT)}. Hãy chia nhỏ hoặc nén ảnh rồi chọn lại."
            )
        raw = upload.read()
        try:
            kind = check_attachment(upload.name or "", raw, settings.UPLOAD_LIMIT)
        except DomainError as bad:
            raise forms.ValidationError(bad.message, code=bad.code) from bad
        return {"name": safe_name(upload.name or ""), "content_type": kind.content_type, "raw": raw}
