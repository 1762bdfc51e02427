"""``tochuc``: the one command. Light commands run without Django; the others find the database started."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

_HELP = """tochuc: hệ thống công tác tổ chức xây dựng Đảng

  tochuc serve [--demo] [--port N]      chạy hệ thống trên 127.0.0.1
  tochuc demo [--until NGÀY]            nạp dữ liệu trình diễn vào cơ sở dữ liệu trống
  tochuc simulate --members N [--seed S] tạo một đảng bộ giả định cỡ bất kỳ để đo tốc độ
  tochuc migrate                        tạo hoặc nâng cấp bảng, cấp quyền cho ứng dụng
  tochuc check                          kiểm tra sổ đảng viên và nhật ký
  tochuc reorganise TỆP [--apply]       xem trước, thực hiện, hủy phương án sắp xếp tổ chức
  tochuc account TÊN --role … --org …   mở tài khoản
  tochuc second-factor off TÊN --reason …   tắt xác thực hai bước khi mất điện thoại
  tochuc import members TỆP --org MÃ [--dry-run]  nhập danh sách đảng viên từ bảng tính
  tochuc import organisations|posts TỆP --org MÃ [--dry-run]  nhập cây tổ chức, chức vụ và người giữ
  tochuc export --org MÃ --to THƯ-MỤC   xuất toàn bộ dữ liệu của một đảng bộ ra tệp mở
  tochuc import branch THƯ-MỤC          nhập bản xuất ấy vào cơ sở dữ liệu trống
  tochuc work                           làm các công việc dài mà các trang giao (tochuc serve tự chạy)
  tochuc import undo MÃ --reason …      hoàn tác một lần nhập
  tochuc weekly-message                 gửi thư nhắc việc của tuần đến ai đã ghi địa chỉ thư
  tochuc clean-data                     đếm hồ sơ sạch của từng chi bộ trong tháng
  tochuc field-key rotate|reseal|forget  đổi khóa mã hóa số căn cước
  tochuc extract TỆP… [--format json]   đọc văn bản: trích dẫn, ngày, nơi tổ chức, số liệu
  tochuc regulation show|check …        tra và kiểm tra quy định
  tochuc forms check                    kiểm tra lời văn các biểu mẫu
  tochuc story TỆP… [--format json]     diễn các câu chuyện tình huống, xem quy định áp dụng thế nào
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what was asked."""
    args = list(sys.argv[1:] if argv is None else argv)
    name = args[0] if args else "help"
    if name in {"help", "-h", "--help"}:
        print(_HELP)
        return 0
    if name == "extract":
        from tochuc.documents.extract.command import main as extract

        return extract(args[1:])
    if name == "regulation":
        return _regulation(args[1:])
    if name == "forms":
        return _forms(args[1:])
    return _django(args)


def _regulation(args: list[str]) -> int:
    """What the packs say needs no database; what a branch's own regulations say does."""
    if not any(arg.startswith("--org") for arg in args):
        from tochuc.rules.command import main as regulation

        return regulation(args)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tochuc.config.settings")
    from tochuc.config.embedded import ensure_started

    ensure_started()
    import django

    django.setup()
    from tochuc.regulations.command import main as local

    return local(args)


def _forms(args: list[str]) -> int:
    """The texts of the forms and the procedures that use them need the program set up, but no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tochuc.config.settings")
    import django

    django.setup()
    from tochuc.papers.command import main as forms

    return forms(args)


def _django(args: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tochuc.config.settings")
    if args[0] == "serve":
        from tochuc.config.serve import main as serve

        return serve(args[1:])
    from tochuc.config.embedded import ensure_started

    ensure_started()
    if args[0] == "story":
        import django

        django.setup()
        from tochuc.stories.command import main as story

        return story(args[1:])
    from django.core.management import execute_from_command_line

    # Django's own name for its checks would hide ours.
    ours = {
        "migrate": "prepare",
        "check": "verify",
        "demo": "demo",
        "account": "account",
        "import": "import_",
        "field-key": "field_key",
        "clean-data": "clean_data",
        "weekly-message": "weekly_message",
        "second-factor": "second_factor",
    }
    asked = ["tochuc", ours.get(args[0], args[0]), *args[1:]]
    return _in_a_database(lambda: execute_from_command_line(asked))


def _in_a_database(run: Callable[[], None]) -> int:
    """Run a command; where it fails because tables are still to be made, say so in a line."""
    from django.db.utils import OperationalError, ProgrammingError

    from tochuc.config.databases import lacks_tables

    try:
        run()
    except (OperationalError, ProgrammingError):
        if not lacks_tables():
            raise
        print("Cơ sở dữ liệu chưa có đủ bảng. Hãy chạy trước: tochuc migrate", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
