#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws the pictures of this folder and writes what Pillow makes of them.

files/NAME       a small picture file
golden.bin       raw 8-bit RGB pixels, one after the other
golden.txt       one line each: decode NAME W H OFFSET | draft NAME SIDE W H OFFSET |
                 resize NAME FILTER W H OFFSET | net NAME MODE SIZE CROP FILTER W H OFFSET
Run with Pillow and numpy; the results are committed.
"""
import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

here = Path(__file__).parent
files = here / "files"
files.mkdir(exist_ok=True)
for old in files.iterdir():
    old.unlink()
pixels = bytearray()
lines = []


def drawn(w, h, seed=1):
    """Smooth colours, a hard edge, a disc and grain."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float64)
    rng = np.random.default_rng(seed)
    r = 128 + 100 * np.sin(x / w * 6 + seed) * np.cos(y / h * 4)
    g = 255 * x / w
    b = 255 * (1 - y / h)
    disc = (x - w * 0.6) ** 2 + (y - h * 0.4) ** 2 < (0.25 * min(w, h)) ** 2
    rgb = np.stack([r, g, b], -1)
    rgb[disc] = (230, 40, 20)
    rgb[y > 0.8 * h] *= 0.4
    return np.clip(rgb + rng.normal(0, 6, rgb.shape), 0, 255).astype(np.uint8)


def record(line, image):
    lines.append(f"{line} {image.width} {image.height} {len(pixels)}")
    pixels.extend(image.convert("RGB").tobytes())


def upright(data):
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


def add(name, data, expected=None):
    (files / name).write_bytes(data)
    record(f"decode {name}", expected or upright(data))


def saved(image, fmt, **kw):
    out = io.BytesIO()
    image.save(out, fmt, **kw)
    return out.getvalue()


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, bits, colour, rows, interlaced=False, extra=b""):
    raw = b"".join(b"\0" + r for r in rows)
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced)))
            + extra + png_chunk(b"IDAT", zlib.compress(raw)) + png_chunk(b"IEND", b""))


def exif(orientation):
    e = Image.Exif()
    e[0x0112] = orientation
    return e


W, H = 23, 17
rgb = Image.fromarray(drawn(W, H))
grey = rgb.convert("L")
palette = rgb.quantize(19)
alpha = Image.fromarray((np.mgrid[0:H, 0:W][1] * 11).astype(np.uint8))
rgba = rgb.copy()
rgba.putalpha(alpha)
la = grey.copy()
la.putalpha(alpha)
cmyk_source = Image.fromarray(np.concatenate([drawn(W, H, 3), drawn(W, H, 4)[..., :1] // 2], -1), "CMYK")
deep = (np.asarray(grey).astype(np.uint16) * 257)
deep_expected = Image.fromarray((deep >> 8).astype(np.uint8))
deep_rgb = np.asarray(rgb).astype(np.uint16) * 256 + 77

# JPEG
for q, sub in ((95, 0), (80, 2), (70, 1)):
    add(f"rgb_{sub}.jpg", saved(rgb, "JPEG", quality=q, subsampling=sub))
add("grey.jpg", saved(grey, "JPEG", quality=90))
add("progressive.jpg", saved(rgb, "JPEG", quality=85, progressive=True))
add("cmyk.jpg", saved(cmyk_source, "JPEG", quality=92))
add("restart.jpg", saved(rgb, "JPEG", quality=85, restart_marker_blocks=1))
for o in range(1, 9):
    add(f"exif_{o}.jpg", saved(rgb, "JPEG", quality=85, exif=exif(o)))
xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
add("xmp_6.jpg", saved(rgb, "JPEG", quality=85, xmp=xmp))
# PNG
add("rgb.png", saved(rgb, "PNG"))
add("grey.png", saved(grey, "PNG"))
add("bilevel.png", saved(rgb.convert("1"), "PNG"))
for bits in (1, 2, 4, 8):
    few = rgb.quantize(2 ** bits if bits < 8 else 200)
    add(f"palette_{bits}.png", saved(few, "PNG", bits=bits))
add("palette_trns.png", saved(palette, "PNG", transparency=bytes([0, 90, 255, 7])))
for bits in (2, 4):
    g = np.asarray(grey) >> (8 - bits)
    per = 8 // bits
    padded = np.pad(g, ((0, 0), (0, -W % per)))
    packed = sum(padded[:, i::per].astype(np.uint16) << (8 - bits * (i + 1)) for i in range(per)).astype(np.uint8)
    add(f"grey_{bits}.png", png(W, H, bits, 0, [r.tobytes() for r in packed]))
add("grey_trns.png", saved(grey, "PNG", transparency=80))
add("rgb_trns.png", saved(rgb, "PNG", transparency=(10, 20, 30)))
add("rgba.png", saved(rgba, "PNG"))
add("grey_alpha.png", saved(la, "PNG"))
add("grey_16.png", saved(Image.fromarray(deep), "PNG"), deep_expected)
add("rgb_16.png", png(W, H, 16, 2, [r.astype(">u2").tobytes() for r in deep_rgb]))
add("grey_alpha_16.png", png(W, H, 16, 4, [np.stack([d, d[::-1]], -1).astype(">u2").tobytes() for d in deep]))
# The seven passes of Adam7, each pass its own little picture.
passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
a = np.asarray(rgb)
add("interlaced.png", png(W, H, 8, 2, [r.tobytes() for x, y, dx, dy in passes for r in a[y::dy, x::dx] if r.size], True))
add("exif_8.png", saved(rgb, "PNG", exif=exif(8)))
# BMP
add("rgb.bmp", saved(rgb, "BMP"))
add("grey.bmp", saved(grey, "BMP"))
add("palette.bmp", saved(palette, "BMP"))
add("bilevel.bmp", saved(rgb.convert("1"), "BMP"))
add("rgba.bmp", saved(rgba, "BMP"))


def bmp(bits, compression, body, w=W, h=H, colours=b"", masks=b""):
    offset = 54 + len(masks) + len(colours)
    return (b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset)
            + struct.pack("<IiiHHIIiiII", 40, w, h, 1, bits, compression, len(body), 2835, 2835, len(colours) // 4, 0) + masks + colours + body)


n = a.astype(np.uint16)
row_pad = [(0, 0), (0, W % 2)]
p555 = np.pad((n[..., 0] >> 3) << 10 | (n[..., 1] >> 3) << 5 | n[..., 2] >> 3, row_pad)[::-1].astype("<u2").tobytes()
p565 = np.pad((n[..., 0] >> 3) << 11 | (n[..., 1] >> 2) << 5 | n[..., 2] >> 3, row_pad)[::-1].astype("<u2").tobytes()
add("rgb_555.bmp", bmp(16, 0, p555))
add("rgb_565.bmp", bmp(16, 3, p565, masks=struct.pack("<III", 0xF800, 0x07E0, 0x001F)))
top_rows = b"".join(r.tobytes() + b"\0" * (-3 * W % 4) for r in a[..., ::-1])
add("top_down.bmp", bmp(24, 0, top_rows, h=-H))
index = np.asarray(palette)
colours = np.zeros((256, 4), np.uint8)
pal = np.array(palette.getpalette(), np.uint8).reshape(-1, 3)
colours[: len(pal), :3] = pal[:, ::-1]
rle = bytearray()
for r in index[::-1]:
    rle += bytes([0, 5]) + r[:5].tobytes() + b"\0"  # literal run of five, padded
    for v in r[5:]:
        rle += bytes([1, v])
    rle += b"\0\0"
rle += b"\0\1"
add("rle8.bmp", bmp(8, 1, bytes(rle), colours=colours.tobytes()))
index4 = np.asarray(rgb.quantize(16))
pal4 = np.array(rgb.quantize(16).getpalette(), np.uint8).reshape(-1, 3)
colours4 = np.zeros((16, 4), np.uint8)
colours4[: len(pal4), :3] = pal4[:16, ::-1]
packed4 = np.pad(index4, ((0, 0), (0, -W % 8)))
add("palette_4.bmp", bmp(4, 0, (packed4[:, ::2] << 4 | packed4[:, 1::2])[::-1].astype(np.uint8).tobytes(), colours=colours4.tobytes()))
rle4 = bytearray()
for r in index4[::-1]:
    for i in range(0, W, 2):
        rle4 += bytes([min(2, W - i), (r[i] << 4 | (r[i + 1] if i + 1 < W else 0))])
    rle4 += b"\0\0"
rle4 += b"\0\1"
add("rle4.bmp", bmp(4, 2, bytes(rle4), colours=colours4.tobytes()))
# WebP
add("lossy.webp", saved(rgb, "WEBP", quality=80))
add("lossless.webp", saved(rgb, "WEBP", lossless=True))
add("alpha.webp", saved(rgba, "WEBP", lossless=True, exact=True))
add("exif_5.webp", saved(rgb, "WEBP", lossless=True, exif=exif(5)))
add("animated.webp", saved(rgb, "WEBP", lossless=True, save_all=True, append_images=[ImageOps.invert(rgb)]))
# TIFF
for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    add(f"rgb_{compression}.tif", saved(rgb, "TIFF", compression=compression))
add("jpeg.tif", saved(rgb, "TIFF", compression="jpeg", quality=95))
add("grey.tif", saved(grey, "TIFF"))
add("grey_16.tif", saved(Image.fromarray(deep), "TIFF"), deep_expected)
add("rgba.tif", saved(rgba, "TIFF"))
add("palette.tif", saved(palette, "TIFF"))
add("bilevel.tif", saved(rgb.convert("1"), "TIFF"))
add("group4.tif", saved(rgb.convert("1"), "TIFF", compression="group4"))
add("cmyk.tif", saved(cmyk_source, "TIFF"))
add("exif_7.tif", saved(rgb, "TIFF", tiffinfo={274: 7}))


def tiff(w, h, bits, photometric, samples, blocks, big=False, tile=0):
    """Uncompressed: one strip, one strip a channel, or one tile."""
    e = ">" if big else "<"
    body = b"".join(blocks)
    starts = [8 + sum(map(len, blocks[:i])) for i in range(len(blocks))]
    tags = {256: (4, [w]), 257: (4, [h]), 258: (3, [bits] * samples), 259: (3, [1]), 262: (3, [photometric]), 277: (3, [samples]),
            284: (3, [2 if len(blocks) > 1 else 1])}
    if tile:
        tags |= {322: (4, [tile]), 323: (4, [tile]), 324: (4, starts), 325: (4, [len(b) for b in blocks])}
    else:
        tags |= {273: (4, starts), 278: (4, [h]), 279: (4, [len(b) for b in blocks])}
    ifd_at = 8 + len(body)
    spill_at = ifd_at + 6 + 12 * len(tags)
    ifd, spill = struct.pack(e + "H", len(tags)), b""
    for tag, (kind, values) in sorted(tags.items()):
        data = struct.pack(e + f"{len(values)}{'H' if kind == 3 else 'I'}", *values)
        if len(data) > 4:
            data, spill = struct.pack(e + "I", spill_at + len(spill)), spill + data
        ifd += struct.pack(e + "HHI", tag, kind, len(values)) + data.ljust(4, b"\0")
    return (b"MM\0*" if big else b"II*\0") + struct.pack(e + "I", ifd_at) + body + ifd + b"\0" * 4 + spill


add("rgb_16_big.tif", tiff(W, H, 16, 2, 3, [deep_rgb.astype(">u2").tobytes()], True))
add("white_is_zero.tif", tiff(W, H, 8, 0, 1, [np.asarray(grey).tobytes()]))
add("planar.tif", tiff(W, H, 8, 2, 3, [a[..., c].tobytes() for c in range(3)]))
add("tiled.tif", tiff(W, H, 8, 2, 3, [np.pad(a, ((0, 32 - H), (0, 32 - W), (0, 0))).tobytes()], tile=32))
add("strips.tif", saved(rgb, "TIFF", compression="raw", strip_size=3 * W * 5))
# Scaled decoding, as Pillow's draft does it
photo = Image.fromarray(drawn(150, 101, 7))
(files / "photo.jpg").write_bytes(saved(photo, "JPEG", quality=88))
for side in (40, 25, 12):
    im = Image.open(files / "photo.jpg")
    im.draft("RGB", (side, side))
    record(f"draft photo.jpg {side}", im.convert("RGB"))
(files / "photo_grey.jpg").write_bytes(saved(photo.convert("L"), "JPEG", quality=88))
im = Image.open(files / "photo_grey.jpg")
im.draft("RGB", (50, 50))
record("draft photo_grey.jpg 50", im.convert("RGB"))
# Resampling
(files / "scene.png").write_bytes(saved(Image.fromarray(drawn(61, 47, 5)), "PNG"))
(files / "scene_grey.png").write_bytes(saved(Image.fromarray(drawn(61, 47, 6)).convert("L"), "PNG"))
(files / "row.png").write_bytes(saved(Image.fromarray(drawn(77, 1, 5)), "PNG"))
(files / "column.png").write_bytes(saved(Image.fromarray(drawn(1, 53, 5)), "PNG"))
(files / "dot.png").write_bytes(saved(Image.fromarray(drawn(1, 1, 5)), "PNG"))
filters = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}
for name, f in filters.items():
    for source, w, h in (("scene.png", 20, 15), ("scene.png", 7, 40), ("scene.png", 75, 52), ("scene.png", 61, 20), ("scene.png", 33, 47),
                         ("scene.png", 1, 1), ("scene_grey.png", 24, 31), ("row.png", 16, 1), ("row.png", 10, 9), ("column.png", 5, 11), ("dot.png", 6, 4)):
        record(f"resize {source} {name}", Image.open(files / source).resize((w, h), f))
    for source in ("scene.png", "column.png", "row.png"):
        im = Image.open(files / source)
        for size, crop in ((25, 22),):
            w, h = (size, int(size * im.height / im.width)) if im.width <= im.height else (int(size * im.width / im.height), size)
            x, y = round((w - crop) / 2), round((h - crop) / 2)
            record(f"net {source} short-side {size} {crop} {name}", im.resize((w, h), f).crop((x, y, x + crop, y + crop)))
        record(f"net {source} squash 1 20 {name}", im.resize((20, 20), f))

(here / "golden.txt").write_text("\n".join(lines) + "\n")
(here / "golden.bin").write_bytes(bytes(pixels))
total = sum(f.stat().st_size for f in here.rglob("*") if f.is_file())
print(len(lines), "entries,", total, "bytes")
