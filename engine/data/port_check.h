// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/block/object.h"

namespace patchbay {

/// Corrupt when the value is of another type, TooNew when a later version wrote it in a form this one cannot read.
inline Result<> requireType(const PortValue& value, const PortType& port) {
  if (value.type != port.name)
    return fail(ErrorKind::Corrupt, "port.type",
                TR("data", "A stored value is of the type {found}, where {wanted} belongs.")
                    .with("found", displayText(value.type))
                    .with("wanted", port.name),
                TR("data", "Run the pipeline again, so that it is made anew."));
  if (value.version > port.version)
    return fail(ErrorKind::TooNew, "port.version",
                TR("data", "A stored {type} was written by a newer Patchbay (form {found}; this version knows up to {known}).")
                    .with("type", port.name)
                    .with("found", std::int64_t{value.version})
                    .with("known", std::int64_t{port.version}),
                TR("data", "Install the newer version to use it. Nothing was changed."));
  return {};
}

}  // namespace patchbay
