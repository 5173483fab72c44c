"""Pictures are drawn anew: what was hidden beside the picture (place, time, camera, a program behind its end) is gone."""

import io
import tempfile
import warnings
from typing import IO

from PIL import Image, ImageOps

from gandan.ground.documents.attachments.forms import Form, Limits
from gandan.ground.documents.attachments.refusals import NotWhole, TooManyPixels
from gandan.ground.ledger.rules import gettext_noop

WRITERS: dict[Form, dict[str, object]] = {
    Form.JPEG: {"format": "JPEG", "quality": 90, "optimize": True},
    Form.PNG: {"format": "PNG"},
    Form.WEBP: {"format": "WEBP", "quality": 90},
}
MODES = {Form.JPEG: {"RGB", "L"}, Form.PNG: {"RGB", "RGBA", "L", "LA", "1", "P"}, Form.WEBP: {"RGB", "RGBA"}}


def cleaned(content: IO[bytes], form: Form, limits: Limits) -> IO[bytes]:
    """Return the picture drawn anew, upright, with nothing beside it.

    :raises TooManyPixels: before it is opened
    :raises NotWhole: if it breaks off
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is asked first
            picture = Image.open(content, formats=[str(WRITERS[form]["format"])])
            _check_size(picture, limits)
            upright = ImageOps.exif_transpose(picture)
            bare = _bare(upright, form)
    except TooManyPixels:
        raise
    except Exception as fault:  # Pillow's readers raise whatever a broken file makes of them
        raise NotWhole(gettext_noop("Ảnh này không đọc được: có thể tải lên chưa hết. Xin chọn lại hoặc chụp lại.")) from fault
    painted = io.BytesIO()  # asked for the number of its file, a spooled one would go to the disk at once
    bare.save(painted, **WRITERS[form])  # type: ignore[arg-type]
    drawn: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=limits.in_memory)  # noqa: SIM115  it is handed on
    drawn.write(painted.getbuffer())
    drawn.seek(0)
    return drawn


def _check_size(picture: Image.Image, limits: Limits) -> None:
    if picture.width * picture.height > limits.pixels:
        raise TooManyPixels(
            gettext_noop("Ảnh {width} × {height} điểm quá lớn. Xin gửi ảnh dưới {most} triệu điểm."),
            width=picture.width,
            height=picture.height,
            most=limits.pixels // 1_000_000,
        )


def _bare(picture: Image.Image, form: Form) -> Image.Image:
    """Return the points alone. A new picture carries no profile, text or chunk of the old one."""
    if picture.mode not in MODES[form]:
        picture = picture.convert("RGBA" if "A" in picture.mode and form is not Form.JPEG else "RGB")
    picture.load()
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P" and (palette := picture.getpalette()):
        bare.putpalette(palette)
    bare.paste(picture)
    return bare
