// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/bytes.h"
#include "engine/data/dataset.h"

namespace patchbay::detail {

// The form of items in chunks ("dataset" in engine/README.md) and in the store of revisions, and of a manifest's meta.

inline constexpr std::string_view chunkMagic = "PBD1";

/// 32 lower-case hexadecimal digits.
bool isItemId(std::string_view id);
void writeItem(ByteWriter& writer, const Item& item);
/// The reader says whether it was whole.
Item readItem(ByteReader& reader);
std::string encodeItem(const Item& item);
/// Corrupt when the bytes are not exactly one item.
Result<Item> decodeItem(std::string_view bytes);
/// Without decoding the rest.
std::string_view idOfEncoded(std::string_view bytes);

void tally(DatasetCounts& counts, const DatasetInfo& info, const Item& item, int sign);
Value datasetMeta(const DatasetInfo& info, const DatasetCounts& counts, std::size_t items, std::size_t chunks);
tl::unexpected<Error> damagedDataset(std::string_view what);

}  // namespace patchbay::detail
