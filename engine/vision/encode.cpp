// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/encode.h"

#include <spng.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "engine/vision/jpeg_library.h"
#include "engine/vision/resize.h"

namespace patchbay::vision {

namespace {

struct FreeContext {
  void operator()(spng_ctx* ctx) const { spng_ctx_free(ctx); }
};
struct FreeMemory {
  void operator()(void* p) const { std::free(p); }
};

tl::unexpected<Error> failed(std::string_view format, std::string_view detail) {
  return fail(ErrorKind::Internal, "picture.encode",
              TR("vision", "The picture could not be written as {format}: {detail}.").with("format", format).with("detail", detail),
              TR("vision", "Try a smaller picture; if it stays, report the picture's size."));
}

struct JpegError {
  jpeg_error_mgr base;
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
};

/// Compresses without locals that need a destructor: libjpeg leaves by longjmp.
bool compress(const Image& image, int quality, JpegError& error, unsigned char** out, unsigned long* size) {
  jpeg_compress_struct c;
  std::memset(&c, 0, sizeof c);
  c.err = jpeg_std_error(&error.base);
  error.base.error_exit = [](j_common_ptr common) {
    auto& e = *reinterpret_cast<JpegError*>(common->err);
    (*common->err->format_message)(common, e.message);
    std::longjmp(e.jump, 1);
  };
  if (setjmp(error.jump)) {
    jpeg_destroy_compress(&c);
    return false;
  }
  jpeg_create_compress(&c);
  jpeg_mem_dest(&c, out, size);
  c.image_width = static_cast<JDIMENSION>(image.width());
  c.image_height = static_cast<JDIMENSION>(image.height());
  c.input_components = image.channels();
  c.in_color_space = image.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&c);
  jpeg_set_quality(&c, std::clamp(quality, 1, 100), TRUE);
  jpeg_start_compress(&c, TRUE);
  while (c.next_scanline < c.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(image.row(static_cast<int>(c.next_scanline)));
    jpeg_write_scanlines(&c, &row, 1);
  }
  jpeg_finish_compress(&c);
  jpeg_destroy_compress(&c);
  return true;
}

}  // namespace

Result<std::string> encodePng(const Image& image) {
  assert(!image.empty());
  const std::unique_ptr<spng_ctx, FreeContext> ctx{spng_ctx_new(SPNG_CTX_ENCODER)};
  if (!ctx) return failed("PNG", "no memory");
  spng_set_option(ctx.get(), SPNG_ENCODE_TO_BUFFER, 1);
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(image.width());
  header.height = static_cast<std::uint32_t>(image.height());
  header.bit_depth = 8;
  header.color_type = image.channels() == 1 ? SPNG_COLOR_TYPE_GRAYSCALE : SPNG_COLOR_TYPE_TRUECOLOR;
  int e = spng_set_ihdr(ctx.get(), &header);
  if (!e) e = spng_encode_image(ctx.get(), image.data(), image.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
  std::size_t size = 0;
  const std::unique_ptr<void, FreeMemory> bytes{e ? nullptr : spng_get_png_buffer(ctx.get(), &size, &e)};
  if (!bytes || e) return failed("PNG", spng_strerror(e));
  return std::string{static_cast<const char*>(bytes.get()), size};
}

Result<std::string> encodeJpeg(const Image& image, int quality) {
  assert(!image.empty());
  const auto error = std::make_unique<JpegError>();
  unsigned char* out = nullptr;
  unsigned long size = 0;
  const bool done = compress(image, quality, *error, &out, &size);
  const std::unique_ptr<void, FreeMemory> bytes{out};
  if (!done) return failed("JPEG", error->message);
  return std::string{static_cast<const char*>(bytes.get()), size};
}

Image thumbnail(const Image& image, int side) {
  assert(side >= 1);
  const int longest = std::max(image.width(), image.height());
  if (longest <= side) return image;
  const double scale = static_cast<double>(side) / longest;
  const auto fit = [&](int n) { return std::clamp(static_cast<int>(std::lround(n * scale)), 1, side); };
  return resize(image, fit(image.width()), fit(image.height()), Interpolation::Bicubic);
}

}  // namespace patchbay::vision
