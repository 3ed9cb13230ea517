// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/decode.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "engine/vision/codec.h"

namespace patchbay::vision {

std::string_view toString(Format format) {
  constexpr std::string_view names[] = {"jpeg", "png", "bmp", "webp", "tiff"};
  return names[static_cast<std::size_t>(format)];
}

std::string_view toString(PixelSource source) {
  constexpr std::string_view names[] = {"grey", "grey+alpha", "rgb", "rgba", "palette", "cmyk", "bilevel"};
  return names[static_cast<std::size_t>(source)];
}

namespace codec {

namespace {

std::string_view shownName(Format format) {
  constexpr std::string_view names[] = {"JPEG", "PNG", "BMP", "WebP", "TIFF"};
  return names[static_cast<std::size_t>(format)];
}

}  // namespace

bool startsWith(Bytes bytes, std::string_view prefix, std::size_t at) {
  return bytes.size() >= at && bytes.size() - at >= prefix.size() && std::memcmp(bytes.data() + at, prefix.data(), prefix.size()) == 0;
}

int exifOrientation(Bytes tiff) {
  if (startsWith(tiff, std::string_view{"Exif\0\0", 6})) tiff = tiff.subspan(6);
  const bool big = startsWith(tiff, "MM");
  if (!big && !startsWith(tiff, "II")) return 1;
  Reader in{tiff, big};
  if (in.u16(2) != 42) return 1;
  const std::size_t ifd = in.u32(4);
  const std::uint32_t count = in.u16(ifd);
  for (std::uint32_t i = 0; i < count && in.ok; ++i) {
    const std::size_t entry = ifd + 2 + std::size_t{12} * i;
    if (in.u16(entry) != 0x0112) continue;
    const std::uint32_t type = in.u16(entry + 2);
    const std::uint32_t value = type == 4 ? in.u32(entry + 8) : type == 1 ? in.u8(entry + 8) : in.u16(entry + 8);
    return in.ok && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

int xmpOrientation(Bytes packet) {
  constexpr std::string_view key = "tiff:Orientation";
  const std::string_view text{reinterpret_cast<const char*>(packet.data()), packet.size()};
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return 1;
  std::string_view rest = text.substr(at + key.size());
  for (const std::string_view opening : {"=\"", ">"}) {
    if (!rest.starts_with(opening) || rest.size() <= opening.size()) continue;
    const char digit = rest[opening.size()];
    return digit >= '1' && digit <= '8' ? digit - '0' : 1;
  }
  return 1;
}

Result<> checkSize(std::int64_t width, std::int64_t height, const DecodeOptions& options) {
  if (width < 1 || height < 1) {
    return fail(ErrorKind::BadInput, "picture.empty",
                TR("vision", "The picture has no pixels: its header says {w} x {h}.").with("w", width).with("h", height),
                TR("vision", "Save it again from the program that made it, or leave it out."));
  }
  if (width <= options.maxSide && height <= options.maxSide && width * height <= options.maxPixels) return {};
  return fail(
      ErrorKind::BadInput, "picture.too-large",
      TR("vision", "The picture's header asks for {w} x {h} pixels; at most {max} million pixels and {side} a side are read.")
          .with("w", width)
          .with("h", height)
          .with("max", options.maxPixels / 1'000'000)
          .with("side", std::int64_t{options.maxSide}),
      TR("vision", "If the size is real, cut the picture into tiles or save a smaller copy; otherwise the file is damaged, leave it out."));
}

tl::unexpected<Error> truncated(Format format) {
  return fail(ErrorKind::BadInput, "picture.truncated",
              TR("vision", "The {format} file ends before the picture does.").with("format", shownName(format)),
              TR("vision", "Copy the file again from its source, or leave it out."));
}

tl::unexpected<Error> damaged(Format format, std::string_view detail) {
  return fail(ErrorKind::BadInput, "picture.damaged",
              TR("vision", "The {format} file is damaged: {detail}.").with("format", shownName(format)).with("detail", detail),
              TR("vision", "Copy the file again from its source, or open and save it in an image program, or leave it out."));
}

tl::unexpected<Error> unsupported(Format format, std::string_view detail) {
  return fail(ErrorKind::Unsupported, "picture.unsupported",
              TR("vision", "This kind of {format} file is not read: {detail}.").with("format", shownName(format)).with("detail", detail),
              TR("vision", "Save the picture as PNG or as 8- or 16-bit TIFF in an image program."));
}

}  // namespace codec

namespace {

using codec::Bytes;

Result<Format> formatOf(Bytes bytes) {
  using codec::startsWith;
  using namespace std::string_view_literals;
  if (startsWith(bytes, "\xFF\xD8\xFF"sv)) return Format::Jpeg;
  if (startsWith(bytes, "\x89PNG\r\n\x1A\n"sv)) return Format::Png;
  if (startsWith(bytes, "BM"sv)) return Format::Bmp;
  if (startsWith(bytes, "RIFF"sv) && startsWith(bytes, "WEBP"sv, 8)) return Format::WebP;
  if (startsWith(bytes, "II*\0"sv) || startsWith(bytes, "MM\0*"sv)) return Format::Tiff;
  if (bytes.empty()) {
    return fail(ErrorKind::BadInput, "picture.empty", TR("vision", "The file is empty."),
                TR("vision", "Copy it again from its source, or leave it out."));
  }
  return fail(
      ErrorKind::BadInput, "picture.format", TR("vision", "The file is not a picture in a format that is read."),
      TR("vision",
         "Use JPEG, PNG, BMP, WebP or TIFF. The name does not count, the content does: open the file in an image program and save it in "
         "one of these formats."));
}

Result<Image> decodePixels(Bytes bytes, DecodeInfo& info, const DecodeOptions& options) {
  switch (info.format) {
    case Format::Jpeg:
      return codec::decodeJpeg(bytes, info, options);
    case Format::Png:
      return codec::decodePng(bytes, info);
    case Format::Bmp:
      return codec::decodeBmp(bytes, info);
    case Format::WebP:
      return codec::decodeWebp(bytes, info);
    case Format::Tiff:
      return codec::decodeTiff(bytes, info);
  }
  assert(false);
  return codec::unsupported(info.format, "unknown format");
}

}  // namespace

Result<DecodeInfo> probe(Bytes bytes) {
  PB_TRY(const Format format, formatOf(bytes));
  switch (format) {
    case Format::Jpeg:
      return codec::probeJpeg(bytes);
    case Format::Png:
      return codec::probePng(bytes);
    case Format::Bmp:
      return codec::probeBmp(bytes);
    case Format::WebP:
      return codec::probeWebp(bytes);
    case Format::Tiff:
      return codec::probeTiff(bytes);
  }
  assert(false);
  return codec::unsupported(format, "unknown format");
}

Result<Decoded> decode(Bytes bytes, const DecodeOptions& options) {
  PB_TRY(DecodeInfo info, probe(bytes));
  PB_CHECK(codec::checkSize(info.width, info.height, options));
  try {
    PB_TRY(Image image, decodePixels(bytes, info, options));
    return Decoded{applyOrientation(std::move(image), info.orientation), info};
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::OutOfMemory, "picture.memory",
                TR("vision", "There is not enough memory to decode a picture of {w} x {h} pixels.")
                    .with("w", std::int64_t{info.width})
                    .with("h", std::int64_t{info.height}),
                TR("vision", "Close other programs, use fewer threads, or save a smaller copy of the picture."));
  }
}

}  // namespace patchbay::vision
