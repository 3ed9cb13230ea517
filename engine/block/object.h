// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay {

/// Reads stored objects and pictures by the digest of their bytes; the only way a worker reads its inputs, so that
/// local, SSH and Slurm workers differ in nothing a block can see. Safe to call from several threads.
class ObjectReader {
 public:
  virtual ~ObjectReader() = default;
  /// The object's bytes, mapped. NotFound when no copy can be had; Corrupt when the bytes no longer match.
  virtual Result<MappedFile> open(const Digest& digest) = 0;
};

/// Adds objects. Publishing is atomic; the same bytes are stored once.
class ObjectWriter {
 public:
  virtual ~ObjectWriter() = default;
  virtual Result<Digest> put(std::string_view bytes) = 0;
  /// Takes over a finished file (moved or copied in).
  virtual Result<Digest> putFile(const std::filesystem::path& path) = 0;
};

class ObjectStore : public ObjectReader, public ObjectWriter {};

/// What flows through a link: a typed manifest naming the objects that hold the data.
///
/// On disk it is canonical JSON {"meta", "parts": {name: sha256}, "type", "version"}, stored as an object itself; its
/// digest stands for the whole value in action keys.
struct PortValue {
  std::string type;  ///< "dataset", "embedding", "model", "predictions", "report", "figure", "text".
  int version = 1;
  Value meta;
  std::map<std::string, Digest, std::less<>> parts;

  bool operator==(const PortValue&) const = default;
  std::string toJson() const;
  Digest digest() const;
  static Result<PortValue> parse(std::string_view json);
  static Result<PortValue> load(ObjectReader& reader, const Digest& digest);
  /// Stores the manifest (the parts must be stored already) and returns its digest.
  Result<Digest> save(ObjectWriter& writer) const;
  /// Opens one part; NotFound names the part.
  Result<MappedFile> openPart(ObjectReader& reader, std::string_view name) const;
};

/// The port types this version knows, with the on-disk version it writes. engine/data holds their readers and writers.
struct PortType {
  std::string_view name;
  int version;
};
inline constexpr PortType datasetPort{"dataset", 1};
inline constexpr PortType embeddingPort{"embedding", 1};
inline constexpr PortType modelPort{"model", 1};
inline constexpr PortType predictionsPort{"predictions", 1};
inline constexpr PortType reportPort{"report", 1};
inline constexpr PortType figurePort{"figure", 1};
inline constexpr PortType textPort{"text", 1};

}  // namespace patchbay
