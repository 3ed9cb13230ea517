// SPDX-License-Identifier: Apache-2.0
#include <tiffio.h>

#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "engine/vision/codec.h"

namespace patchbay::vision::codec {

namespace {

struct Source {
  Bytes bytes;
  std::uint64_t at = 0;
  std::string message;  ///< The first error libtiff reported.
};

tmsize_t readSome(thandle_t handle, void* out, tmsize_t n) {
  auto& s = *static_cast<Source*>(handle);
  if (s.at >= s.bytes.size() || n <= 0) return 0;
  const std::size_t got = std::min<std::size_t>(static_cast<std::size_t>(n), s.bytes.size() - s.at);
  std::memcpy(out, s.bytes.data() + s.at, got);
  s.at += got;
  return static_cast<tmsize_t>(got);
}
tmsize_t writeNothing(thandle_t, void*, tmsize_t) { return 0; }
toff_t seekTo(thandle_t handle, toff_t offset, int whence) {
  auto& s = *static_cast<Source*>(handle);
  s.at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? s.at + offset : s.bytes.size() + offset;
  return s.at;
}
int closeNothing(thandle_t) { return 0; }
toff_t sizeOf(thandle_t handle) { return static_cast<Source*>(handle)->bytes.size(); }

int keepError(TIFF*, void* user, const char*, const char* format, va_list args) {
  auto& s = *static_cast<Source*>(user);
  if (!s.message.empty()) return 1;
  char text[200];
  std::vsnprintf(text, sizeof text, format, args);
  s.message = text;
  return 1;
}
int dropWarning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Close {
  void operator()(TIFF* t) const { TIFFClose(t); }
};
using TiffFile = std::unique_ptr<TIFF, Close>;

TiffFile openTiff(Source& source, std::int64_t largestAllocation) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (!options) throw std::bad_alloc{};
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, largestAllocation);
  TIFFOpenOptionsSetErrorHandlerExtR(options, keepError, &source);
  TIFFOpenOptionsSetWarningHandlerExtR(options, dropWarning, &source);
  // "m": no memory mapping, so that every read passes the bounds check above.
  TiffFile file{
      TIFFClientOpenExt("picture", "rm", &source, readSome, writeNothing, seekTo, closeNothing, sizeOf, nullptr, nullptr, options)};
  TIFFOpenOptionsFree(options);
  return file;
}

tl::unexpected<Error> errorOf(const Source& source) {
  const std::string& m = source.message;
  if (m.find("Read error") != std::string::npos || m.find("got ") != std::string::npos || m.find("Not enough data") != std::string::npos) {
    return truncated(Format::Tiff);
  }
  return damaged(Format::Tiff, m.empty() ? "it cannot be decoded" : m);
}

struct Layout {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint16_t bits = 1;
  std::uint16_t samples = 1;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  std::uint16_t planar = PLANARCONFIG_CONTIG;
  std::uint16_t compression = COMPRESSION_NONE;
  std::uint16_t sampleFormat = SAMPLEFORMAT_UINT;
  std::uint16_t orientation = 1;
};

Result<Layout> readLayout(TIFF* t) {
  Layout l;
  if (!TIFFGetField(t, TIFFTAG_IMAGEWIDTH, &l.width) || !TIFFGetField(t, TIFFTAG_IMAGELENGTH, &l.height))
    return damaged(Format::Tiff, "its size is missing");
  TIFFGetFieldDefaulted(t, TIFFTAG_BITSPERSAMPLE, &l.bits);
  TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLESPERPIXEL, &l.samples);
  TIFFGetFieldDefaulted(t, TIFFTAG_PLANARCONFIG, &l.planar);
  TIFFGetFieldDefaulted(t, TIFFTAG_COMPRESSION, &l.compression);
  TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLEFORMAT, &l.sampleFormat);
  TIFFGetFieldDefaulted(t, TIFFTAG_ORIENTATION, &l.orientation);
  if (!TIFFGetField(t, TIFFTAG_PHOTOMETRIC, &l.photometric)) l.photometric = l.samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  if (l.width > 0x7FFFFFFF || l.height > 0x7FFFFFFF) return damaged(Format::Tiff, "its header holds an impossible size");
  if (l.orientation < 1 || l.orientation > 8) l.orientation = 1;
  return l;
}

Result<> checkLayout(const Layout& l) {
  switch (l.compression) {
    case COMPRESSION_NONE:
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
    case COMPRESSION_LZW:
    case COMPRESSION_JPEG:
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
    case COMPRESSION_PACKBITS:
      break;
    default:
      return unsupported(Format::Tiff, "compression scheme " + std::to_string(l.compression));
  }
  if (l.sampleFormat != SAMPLEFORMAT_UINT && l.sampleFormat != SAMPLEFORMAT_VOID) {
    return unsupported(Format::Tiff, "its pixels are not unsigned integers");
  }
  const bool grey = l.photometric == PHOTOMETRIC_MINISBLACK || l.photometric == PHOTOMETRIC_MINISWHITE;
  const bool indexed = l.photometric == PHOTOMETRIC_PALETTE;
  const bool bitsKnown =
      l.bits == 8 || (l.bits == 16 && !indexed) || ((l.bits == 1 || l.bits == 2 || l.bits == 4) && (grey || indexed) && l.samples == 1);
  if (!bitsKnown)
    return unsupported(Format::Tiff, std::to_string(l.bits) + " bits a channel with " + std::to_string(l.samples) + " channels");
  if (l.samples < 1 || l.samples > 5) return unsupported(Format::Tiff, std::to_string(l.samples) + " channels");
  const bool rgb = l.photometric == PHOTOMETRIC_RGB && l.samples >= 3;
  const bool cmyk = l.photometric == PHOTOMETRIC_SEPARATED && l.samples >= 4;
  const bool ycc =
      l.photometric == PHOTOMETRIC_YCBCR && l.samples == 3 && l.compression == COMPRESSION_JPEG && l.planar == PLANARCONFIG_CONTIG;
  if (!grey && !indexed && !rgb && !cmyk && !ycc) return unsupported(Format::Tiff, "colour model " + std::to_string(l.photometric));
  return {};
}

/// Copies the overlap of one decoded strip or tile into the raster. Bits below 8 start on byte borders in both.
void place(const std::uint8_t* block, std::size_t blockStride, std::size_t x, std::size_t y, std::size_t rows, std::size_t columns,
           const Layout& l, std::size_t pixelBits, std::size_t plane, std::vector<std::uint8_t>& raster, std::size_t stride) {
  const bool separate = l.planar == PLANARCONFIG_SEPARATE && l.samples > 1;
  const std::size_t sampleBytes = l.bits == 16 ? 2 : 1;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint8_t* in = block + r * blockStride;
    std::uint8_t* row = raster.data() + (y + r) * stride;
    if (!separate) {
      std::memcpy(row + x * pixelBits / 8, in, (columns * pixelBits + 7) / 8);
      continue;
    }
    for (std::size_t c = 0; c < columns; ++c) {
      std::memcpy(row + ((x + c) * l.samples + plane) * sampleBytes, in + c * sampleBytes, sampleBytes);
    }
  }
}

/// All samples of the first picture, interleaved, rows of `stride` bytes.
Result<> readRaster(TIFF* t, const Layout& l, const Source& source, std::vector<std::uint8_t>& raster, std::size_t stride) {
  const bool separate = l.planar == PLANARCONFIG_SEPARATE && l.samples > 1;
  const std::size_t planes = separate ? l.samples : 1;
  const std::size_t pixelBits = std::size_t{l.bits} * l.samples;
  const std::size_t blockBits = separate ? l.bits : pixelBits;
  const bool tiled = TIFFIsTiled(t);
  std::uint32_t blockWidth = l.width;
  std::uint32_t blockHeight = l.height;
  if (tiled) {
    if (!TIFFGetField(t, TIFFTAG_TILEWIDTH, &blockWidth) || !TIFFGetField(t, TIFFTAG_TILELENGTH, &blockHeight))
      return damaged(Format::Tiff, "its tile size is missing");
    if (blockWidth % 8 != 0) return damaged(Format::Tiff, "its tile width is not a multiple of 8");
  } else {
    TIFFGetFieldDefaulted(t, TIFFTAG_ROWSPERSTRIP, &blockHeight);
    blockHeight = std::min(blockHeight, l.height);
  }
  if (blockWidth == 0 || blockHeight == 0) return damaged(Format::Tiff, "its strips or tiles are empty");
  const tmsize_t blockBytes = tiled ? TIFFTileSize(t) : TIFFStripSize(t);
  const std::size_t blockStride = static_cast<std::size_t>(tiled ? TIFFTileRowSize(t) : TIFFScanlineSize(t));
  const bool fits = blockBytes > 0 && blockStride >= (blockWidth * blockBits + 7) / 8 &&
                    static_cast<std::size_t>(blockBytes) >= blockStride * blockHeight &&
                    static_cast<std::size_t>(blockBytes) <= 2 * raster.size() + (std::size_t{64} << 20);
  if (!fits) return damaged(Format::Tiff, "the size of its strips or tiles does not match the picture");
  std::vector<std::uint8_t> block(static_cast<std::size_t>(blockBytes));
  for (std::size_t plane = 0; plane < planes; ++plane) {
    for (std::uint32_t y = 0; y < l.height; y += blockHeight) {
      const std::size_t rows = std::min(blockHeight, l.height - y);
      for (std::uint32_t x = 0; x < l.width; x += blockWidth) {
        const std::size_t columns = std::min(blockWidth, l.width - x);
        const auto sample = static_cast<std::uint16_t>(plane);
        const tmsize_t wanted = tiled ? blockBytes : static_cast<tmsize_t>(rows * blockStride);
        const tmsize_t got = tiled ? TIFFReadEncodedTile(t, TIFFComputeTile(t, x, y, 0, sample), block.data(), wanted)
                                   : TIFFReadEncodedStrip(t, TIFFComputeStrip(t, y, sample), block.data(), wanted);
        if (got < 0) return errorOf(source);
        if (got < static_cast<tmsize_t>(rows * blockStride)) return truncated(Format::Tiff);
        place(block.data(), blockStride, x, y, rows, columns, l, pixelBits, plane, raster, stride);
      }
    }
  }
  return {};
}

std::uint8_t sampleAt(const std::uint8_t* row, std::size_t index, std::uint16_t bits) {
  if (bits == 8) return row[index];
  if (bits == 16) {
    std::uint16_t v;
    std::memcpy(&v, row + 2 * index, 2);  // libtiff hands samples over in the machine's order.
    return static_cast<std::uint8_t>(v >> 8);
  }
  const std::size_t perByte = 8 / bits;
  const unsigned top = (1u << bits) - 1;
  return static_cast<std::uint8_t>((row[index / perByte] >> (8 - bits - (index % perByte) * bits)) & top);
}

Result<Image> convert(TIFF* t, const Layout& l, const std::vector<std::uint8_t>& raster, std::size_t stride) {
  const bool grey = l.photometric == PHOTOMETRIC_MINISBLACK || l.photometric == PHOTOMETRIC_MINISWHITE;
  const bool inverted = l.photometric == PHOTOMETRIC_MINISWHITE;
  std::uint16_t* map[3] = {nullptr, nullptr, nullptr};
  if (l.photometric == PHOTOMETRIC_PALETTE && !TIFFGetField(t, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]))
    return damaged(Format::Tiff, "its palette is missing");
  const unsigned scale = l.bits < 8 ? 255 / ((1u << l.bits) - 1) : 1;
  Image image{static_cast<int>(l.width), static_cast<int>(l.height), grey ? 1 : 3};
  for (int y = 0; y < image.height(); ++y) {
    const std::uint8_t* row = raster.data() + stride * static_cast<std::size_t>(y);
    std::uint8_t* out = image.row(y);
    for (std::size_t x = 0; x < l.width; ++x) {
      const std::size_t first = x * l.samples;
      if (grey) {
        const unsigned v = sampleAt(row, first, l.bits) * scale;
        out[x] = static_cast<std::uint8_t>(inverted ? 255 - v : v);
      } else if (map[0]) {
        const std::size_t index = sampleAt(row, first, l.bits);
        for (std::size_t c = 0; c < 3; ++c) out[3 * x + c] = static_cast<std::uint8_t>(map[c][index] >> 8);
      } else if (l.photometric == PHOTOMETRIC_SEPARATED) {
        std::uint8_t ink[4];
        for (std::size_t c = 0; c < 4; ++c) ink[c] = sampleAt(row, first + c, l.bits);
        cmykToRgb(ink, out + 3 * x);
      } else {
        for (std::size_t c = 0; c < 3; ++c) out[3 * x + c] = sampleAt(row, first + c, l.bits);
      }
    }
  }
  return image;
}

PixelSource sourceOf(const Layout& l) {
  switch (l.photometric) {
    case PHOTOMETRIC_PALETTE:
      return PixelSource::Palette;
    case PHOTOMETRIC_SEPARATED:
      return PixelSource::Cmyk;
    case PHOTOMETRIC_RGB:
      return l.samples > 3 ? PixelSource::Rgba : PixelSource::Rgb;
    case PHOTOMETRIC_YCBCR:
      return PixelSource::Rgb;
    default:
      return l.bits == 1 ? PixelSource::Bilevel : l.samples > 1 ? PixelSource::GreyAlpha : PixelSource::Grey;
  }
}

}  // namespace

Result<DecodeInfo> probeTiff(Bytes bytes) {
  Source source{bytes};
  const TiffFile file = openTiff(source, std::int64_t{64} << 20);
  if (!file) return errorOf(source);
  PB_TRY(const Layout l, readLayout(file.get()));
  DecodeInfo info{.format = Format::Tiff, .source = sourceOf(l), .bits = l.bits};
  info.width = static_cast<int>(l.width);
  info.height = static_cast<int>(l.height);
  info.orientation = l.orientation;
  return info;
}

Result<Image> decodeTiff(Bytes bytes, DecodeInfo& info) {
  const std::int64_t pixels = std::int64_t{info.width} * info.height;
  Source source{bytes};
  const TiffFile file = openTiff(source, pixels * 16 + (std::int64_t{64} << 20));
  if (!file) return errorOf(source);
  PB_TRY(const Layout l, readLayout(file.get()));
  PB_CHECK(checkLayout(l));
  if (l.photometric == PHOTOMETRIC_YCBCR) TIFFSetField(file.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  const std::size_t stride = (std::size_t{l.width} * l.bits * l.samples + 7) / 8;
  std::vector<std::uint8_t> raster(stride * l.height);
  PB_CHECK(readRaster(file.get(), l, source, raster, stride));
  return convert(file.get(), l, raster, stride);
}

}  // namespace patchbay::vision::codec
