// SPDX-License-Identifier: Apache-2.0
// The single operations on pixels; not part of the public interface. Every one keeps size and channels.
#pragma once
#include "engine/vision/image.h"
#include "engine/vision/random.h"

namespace patchbay::vision::ops {

Image flipHorizontal(const Image& image);
Image flipVertical(const Image& image);
/// Quarter turns, 1..3; on pictures that are not square only half turns are made, so that the size stays.
Image quarterTurns(const Image& image, int turns);
/// out(x, y) = in(m * (x, y)) about the centre, bilinear; outside is 128. m = {a, b, tx, c, d, ty} maps output to input.
Image affine(const Image& image, const double (&m)[6]);
Image rotate(const Image& image, double degrees);
Image shear(const Image& image, double x, double y);      ///< Tangents of the angles.
Image translate(const Image& image, double x, double y);  ///< Pixels.
/// A random part of `area` (0..1] of the picture with its sides' ratio changed by `ratio`, resized to the full size.
Image cropResize(const Image& image, double area, double ratio, Random& random);
Image brightness(const Image& image, double factor);
Image contrast(const Image& image, double factor);
Image saturation(const Image& image, double factor);
Image hue(const Image& image, double degrees);
Image sharpness(const Image& image, double factor);  ///< 0 smooths, 1 keeps, 2 sharpens.
Image blur(const Image& image, double sigma);
Image noise(const Image& image, double sigma, Random& random);
Image posterize(const Image& image, int bits);
Image solarize(const Image& image, double threshold);
Image equalize(const Image& image);
Image autocontrast(const Image& image);
Image invert(const Image& image);
Image toGrey(const Image& image);
Image jpegArtefacts(const Image& image, double quality);
/// A rectangle of `area` of the picture and the given side ratio, filled with noise (arXiv 1708.04896).
Image erase(Image image, double area, double ratio, Random& random);

}  // namespace patchbay::vision::ops
