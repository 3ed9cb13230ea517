// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/formats_fuzz.h"

/// Any bytes as the picture of numbers of a sound panoptic file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace patchbay::formats;
  static const auto json = fuzz::folder() / "annotations/panoptic_x.json";
  std::filesystem::create_directories(json.parent_path());
  std::ofstream{json} << R"({"images":[{"id":1,"file_name":"a.png","width":20,"height":10}],"categories":[{"id":1,"name":"cat"}],)"
                      << R"("annotations":[{"image_id":1,"file_name":"s.png","segments_info":[{"id":1,"category_id":1},)"
                      << R"({"id":70000,"category_id":1,"iscrowd":1}]}]})";
  return fuzz::readAs(cocoFormat(), "annotations/panoptic_x/s.png", data, size);
}
