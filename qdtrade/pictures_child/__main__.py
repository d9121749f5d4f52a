"""Reads a picture from standard input, within limits, and writes smaller ones without anything but the picture."""

import contextlib
import io
import json
import resource
import struct
import sys
import warnings
from typing import IO, Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps

MEGABYTE = 1024 * 1024
QUALITY = 82


def main() -> None:
    """Answer with one JPEG per size; with nothing, and 1, for what cannot be read within the limits."""
    limits = json.loads(sys.argv[1])
    _confine(limits)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = limits["pixels"]
    try:
        answer = b"".join(_read(sys.stdin.buffer, limits["sizes"]))
    except BaseException:  # whatever is wrong with it, there is no preview
        sys.exit(1)
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()


def _confine(limits: dict[str, Any]) -> None:
    """Let the kernel keep the limits, whatever happens in here."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"] * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["answer"] * MEGABYTE,) * 2)


def _read(file: IO[bytes], sizes: list[int]) -> list[bytes]:
    picture = _opened(file)
    largest = max(sizes)
    picture.draft("RGB", (largest, largest))  # a JPEG is read at a fraction of its size
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    plain = _plain(picture)
    return [_jpeg(plain, size) for size in sizes]


def _opened(file: IO[bytes]) -> Image.Image:
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if head[4:8] != b"ftyp":
        return Image.open(file, formats=["JPEG", "PNG"])
    pillow_heif.register_heif_opener(thumbnails=False)
    return Image.open(file, formats=["HEIF"])


def _plain(picture: Image.Image) -> Image.Image:
    """The picture alone, in ordinary colours on white: a new image, to which no place, device or comment clings."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    elif picture.mode == "RGB" and picture.info.get("icc_profile"):
        picture = _ordinary_colours(picture)
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture.convert("RGB"))
    return clean


def _ordinary_colours(picture: Image.Image) -> Image.Image:
    """The colours as every screen understands them, where the picture's own profile can be read."""
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        made = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"))
        return made or picture
    return picture


def _jpeg(picture: Image.Image, size: int) -> bytes:
    small = picture.copy()
    small.thumbnail((size, size), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return struct.pack(">I", len(out.getvalue())) + out.getvalue()


if __name__ == "__main__":
    main()
