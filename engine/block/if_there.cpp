// SPDX-License-Identifier: Apache-2.0
#include "engine/block/if_there.h"

namespace patchbay {

Result<std::optional<MappedFile>> ifThere(Result<MappedFile> opened) {
  if (opened) return std::move(*opened);
  switch (opened.error().kind) {
    case ErrorKind::NotFound:
    case ErrorKind::Corrupt:
    case ErrorKind::Io:
    case ErrorKind::Permission:
    case ErrorKind::BadInput:
      return std::optional<MappedFile>{};
    default:
      return fail(std::move(opened.error()));
  }
}

}  // namespace patchbay
