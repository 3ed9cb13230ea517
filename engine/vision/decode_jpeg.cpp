// SPDX-License-Identifier: Apache-2.0
// JPEG through libjpeg-turbo's own interface rather than TurboJPEG's, which reports only the first warning: a picture
// that ends early after a harmless warning would pass as whole.

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <vector>

#include "engine/vision/codec.h"
#include "engine/vision/jpeg_library.h"

namespace patchbay::vision::codec {

namespace {

constexpr int kMaxScans = 500;  // A progressive picture needs about ten; thousands are an attack on time.

struct ErrorState {
  jpeg_error_mgr base;  // First member: libjpeg hands back a pointer to it.
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
  bool truncated;
  bool damaged;
};

ErrorState& stateOf(j_common_ptr c) { return *reinterpret_cast<ErrorState*>(c->err); }

[[noreturn]] void onError(j_common_ptr c) {
  ErrorState& state = stateOf(c);
  (*c->err->format_message)(c, state.message);
  std::longjmp(state.jump, 1);
}

/// Warnings that mean missing pixels end the decoding; the others (odd versions, padding between markers) do not matter.
void onMessage(j_common_ptr c, int level) {
  if (level >= 0) return;
  ErrorState& state = stateOf(c);
  switch (c->err->msg_code) {
    case JWRN_JPEG_EOF:
      state.truncated = true;
      break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
      state.damaged = true;
      break;
    default:
      return;
  }
  onError(c);
}

void onProgress(j_common_ptr c) {
  if (!c->is_decompressor || reinterpret_cast<j_decompress_ptr>(c)->input_scan_number <= kMaxScans) return;
  std::snprintf(stateOf(c).message, JMSG_LENGTH_MAX, "more than %d scans", kMaxScans);
  std::longjmp(stateOf(c).jump, 1);
}

void ignoreOutput(j_common_ptr) {}

int denominatorFor(const DecodeInfo& info, int minSide) {
  if (minSide <= 0) return 1;
  const int shortSide = std::min(info.width, info.height);
  for (const int d : {8, 4, 2}) {
    if (shortSide / d >= minSide) return d;
  }
  return 1;
}

/// One decompression. setjmp lives in methods whose locals need no destructor; the picture is a member.
class Decompressor {
 public:
  Decompressor() {
    std::memset(&cinfo_, 0, sizeof cinfo_);
    cinfo_.err = jpeg_std_error(&error_.base);
    error_.base.error_exit = onError;
    error_.base.emit_message = onMessage;
    error_.base.output_message = ignoreOutput;
    error_.message[0] = 0;
    error_.truncated = error_.damaged = false;
    std::memset(&progress_, 0, sizeof progress_);
    progress_.progress_monitor = onProgress;
  }
  ~Decompressor() { jpeg_destroy_decompress(&cinfo_); }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  bool start(Bytes bytes, int denominator) {
    if (setjmp(error_.jump)) return false;
    jpeg_create_decompress(&cinfo_);
    cinfo_.progress = &progress_;
    jpeg_mem_src(&cinfo_, bytes.data(), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&cinfo_, TRUE);
    cinfo_.scale_num = 1;
    cinfo_.scale_denom = static_cast<unsigned>(denominator);
    switch (cinfo_.jpeg_color_space) {
      case JCS_GRAYSCALE:
        cinfo_.out_color_space = JCS_GRAYSCALE;
        break;
      case JCS_CMYK:
      case JCS_YCCK:
        cinfo_.out_color_space = JCS_CMYK;
        break;
      default:
        cinfo_.out_color_space = JCS_RGB;
        break;
    }
    jpeg_start_decompress(&cinfo_);
    return true;
  }

  bool readRows(Image& image) {
    if (setjmp(error_.jump)) return false;
    while (cinfo_.output_scanline < cinfo_.output_height) {
      JSAMPROW rows[16];
      int n = 0;
      for (; n < 16 && cinfo_.output_scanline + static_cast<unsigned>(n) < cinfo_.output_height; ++n) {
        rows[n] = image.row(static_cast<int>(cinfo_.output_scanline) + n);
      }
      jpeg_read_scanlines(&cinfo_, rows, static_cast<JDIMENSION>(n));
    }
    jpeg_finish_decompress(&cinfo_);
    return true;
  }

  bool readCmykRows(Image& image, std::uint8_t* line) {
    if (setjmp(error_.jump)) return false;
    while (cinfo_.output_scanline < cinfo_.output_height) {
      std::uint8_t* out = image.row(static_cast<int>(cinfo_.output_scanline));
      JSAMPROW rows[1] = {line};
      jpeg_read_scanlines(&cinfo_, rows, 1);
      for (unsigned x = 0; x < cinfo_.output_width; ++x) {
        // Four-channel JPEGs store the absence of ink (Adobe's convention, followed by every writer).
        const std::uint8_t ink[4] = {static_cast<std::uint8_t>(255 - line[4 * x]), static_cast<std::uint8_t>(255 - line[4 * x + 1]),
                                     static_cast<std::uint8_t>(255 - line[4 * x + 2]), static_cast<std::uint8_t>(255 - line[4 * x + 3])};
        cmykToRgb(ink, out + 3 * x);
      }
    }
    jpeg_finish_decompress(&cinfo_);
    return true;
  }

  const jpeg_decompress_struct& info() const { return cinfo_; }
  tl::unexpected<Error> error() const {
    if (error_.truncated) return vision::codec::truncated(Format::Jpeg);
    return vision::codec::damaged(Format::Jpeg, error_.message[0] ? error_.message : "it cannot be decoded");
  }

 private:
  jpeg_decompress_struct cinfo_;
  ErrorState error_;
  jpeg_progress_mgr progress_;
};

bool isFrameHeader(std::uint32_t marker) { return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC; }

}  // namespace

Result<DecodeInfo> probeJpeg(Bytes bytes) {
  DecodeInfo info{.format = Format::Jpeg};
  Reader in{bytes, true};
  int exif = 1;
  int xmp = 1;
  std::size_t at = 2;
  while (true) {
    while (in.ok && in.u8(at) != 0xFF) ++at;  // Stray bytes between segments are tolerated, as every decoder does.
    while (in.ok && in.u8(at) == 0xFF) ++at;
    const std::uint32_t marker = in.u8(at++);
    if (!in.ok) return truncated(Format::Jpeg);
    if (marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) continue;
    if (marker == 0xD9 || marker == 0xDA) break;
    const std::uint32_t length = in.u16(at);
    if (!in.ok) return truncated(Format::Jpeg);
    if (length < 2) return damaged(Format::Jpeg, "a segment has no length");
    if (bytes.size() - at < length) return truncated(Format::Jpeg);
    const Bytes body = bytes.subspan(at + 2, length - 2);
    if (marker == 0xE1 && startsWith(body, std::string_view{"Exif\0\0", 6})) exif = exifOrientation(body);
    if (marker == 0xE1 && startsWith(body, "http://ns.adobe.com/xap/1.0/")) xmp = xmpOrientation(body);
    if (isFrameHeader(marker)) {
      info.bits = static_cast<int>(in.u8(at + 2));
      info.height = static_cast<int>(in.u16(at + 3));
      info.width = static_cast<int>(in.u16(at + 5));
      const std::uint32_t components = in.u8(at + 7);
      if (!in.ok) return truncated(Format::Jpeg);
      if (info.bits != 8) return unsupported(Format::Jpeg, "it has " + std::to_string(info.bits) + " bits a channel");
      info.source = components == 1 ? PixelSource::Grey : components == 4 ? PixelSource::Cmyk : PixelSource::Rgb;
      if (components != 1 && components != 3 && components != 4) {
        return unsupported(Format::Jpeg, "it has " + std::to_string(components) + " channels");
      }
    }
    at += length;
  }
  if (info.width == 0) return damaged(Format::Jpeg, "it has no frame header, or one without a size");
  info.orientation = exif != 1 ? exif : xmp;
  return info;
}

Result<Image> decodeJpeg(Bytes bytes, DecodeInfo& info, const DecodeOptions& options) {
  const int denominator = denominatorFor(info, options.minSide);
  Decompressor decompressor;
  if (!decompressor.start(bytes, denominator)) return decompressor.error();
  const jpeg_decompress_struct& c = decompressor.info();
  // A second frame header could say something else than the one that was checked.
  PB_CHECK(checkSize(c.image_width, c.image_height, options));
  info.width = static_cast<int>(c.image_width);
  info.height = static_cast<int>(c.image_height);
  info.scaleDenominator = denominator;
  const bool grey = c.out_color_space == JCS_GRAYSCALE;
  const bool cmyk = c.out_color_space == JCS_CMYK;
  Image image{static_cast<int>(c.output_width), static_cast<int>(c.output_height), grey ? 1 : 3};
  std::vector<std::uint8_t> line(cmyk ? std::size_t{c.output_width} * 4 : 0);
  if (!(cmyk ? decompressor.readCmykRows(image, line.data()) : decompressor.readRows(image))) return decompressor.error();
  return image;
}

}  // namespace patchbay::vision::codec
