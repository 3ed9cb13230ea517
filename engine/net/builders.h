// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/net/net.h"

namespace patchbay::net {

/// "efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2", "resnet18", "resnet50".
const std::vector<std::string>& architectures();

/// The structure with its ImageNet head, every parameter at its neutral start (weights 0, BatchNorm the identity).
/// EfficientNet-Lite (Tan & Le, arXiv 1905.11946, Lite variant of the TensorFlow TPU models): ReLU6, no squeeze-excite,
/// TensorFlow SAME padding computed for `size`. ResNet: He et al., arXiv 1512.03385, stride on the 3x3 as in torchvision.
/// `size` is the side of the square input in pixels, 0 = the architecture's own.
Result<Net> build(std::string_view architecture, std::int64_t numClasses = 1000, std::int64_t size = 0);

/// He initialisation of convolutions, small uniform Linear, for training from scratch and for tests.
Net initialised(Net net, std::uint64_t seed);

/// Puts the tensors of a weight file into a built net. Understands the names of this program, of torchvision's ResNet and
/// of the efficientnet-lite Python packages, with an optional "module." or "model." prefix; counters such as
/// num_batches_tracked are ignored. Every parameter must be there in the right shape and nothing else may be left over.
Result<Net> withWeights(Net net, const std::map<std::string, Tensor>& tensors);

/// Our parameter name -> the name in the source's weight file, for the architectures of architectures(). Decided by
/// Net::name.
Result<std::map<std::string, std::string>> sourceNames(const Net& net);

/// build + the weight file's own number of classes + withWeights; reads .pth (both kinds) and .safetensors.
Result<Net> loadBackbone(std::string_view architecture, const std::filesystem::path& weights, std::int64_t size = 0);

}  // namespace patchbay::net
