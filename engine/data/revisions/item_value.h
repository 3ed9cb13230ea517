// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/data/dataset.h"

namespace patchbay {

/// "class", "box", "rotated_box", "polygon", "mask", "points", "text", "number".
std::string_view toString(AnnotationKind kind);

/// {"kind", "label", "score", "geometry"?: [numbers], "text"?, "author"}; what is meant by the geometry stands in dataset.h.
Value toValue(const Annotation& annotation);
/// BadInput: no such kind.
Result<Annotation> annotationFromValue(const Value& value);

/// {"id", "digest", "paths", "size", "width", "height", "group"?, "split", "annotations"}
Value toValue(const Item& item);
/// Inverse of toValue; BadInput names what is wrong.
Result<Item> itemFromValue(const Value& value);

}  // namespace patchbay
