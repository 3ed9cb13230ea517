// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/installed_catalogue.h"

#include <algorithm>

#include "engine/base/resources.h"
#include "engine/service/catalogue_source.h"

namespace patchbay::studio {

Result<Catalogue> readInstalledCatalogue() {
  const auto worker = programFolder() / "patchbay-worker";
  const auto libraries = programFolder().parent_path() / "lib" / "patchbay";
  CatalogueSource source{{worker.native(), "catalogue"}, {worker}, {}};
  std::error_code ec;
  for (const auto& folder : {libraries, libraries / "packs"})
    for (std::filesystem::directory_iterator it{folder, ec}, end; !ec && it != end; it.increment(ec))
      if (it->path().extension() == ".so") source.files.push_back(it->path());
  std::ranges::sort(source.files);
  PB_TRY(auto value, source.read());
  if (!value.contains("blocks") && value.contains("schemas")) value["blocks"] = value["schemas"];
  return Catalogue::fromValue(value);
}

}  // namespace patchbay::studio
