// SPDX-License-Identifier: Apache-2.0
// Everything an import or export may say, in one place.
#include <algorithm>
#include <array>

#include "engine/formats/report.h"

namespace patchbay::formats {
namespace {

constexpr bool out = true, kept = false;

const std::vector<Issue>& issues() {
  static const std::vector<Issue> all{
      // Files.
      {"file.unreadable", out, TR("formats", "The file cannot be read."), TR("formats", "Check its permissions.")},
      {"file.encoding", out, TR("formats", "The file is not UTF-8 text."), TR("formats", "Save it as UTF-8 in a text editor.")},
      {"file.syntax", out, TR("formats", "The file is cut off or damaged."), TR("formats", "Export or copy it again.")},
      {"file.fields", out, TR("formats", "The file lacks the fields that this format has."), TR("formats", "Choose the format by hand.")},
      {"file.too_large", out, TR("formats", "The file is larger than any annotation file that is read."), {}},
      {"file.other", out, TR("formats", "The file is neither a picture nor part of the format."), {}},
      {"line.damaged", out, TR("formats", "The line does not have the cells it should have."), TR("formats", "Correct that line.")},
      {"link.outside", out, TR("formats", "The link leads out of the folder and was not followed."),
       TR("formats", "Put the files themselves into the folder.")},
      {"folder.deep", out, TR("formats", "The folders are nested too deeply."), {}},
      {"entry.path", out, TR("formats", "The archive's entry would lie outside the folder and was not unpacked."), {}},
      {"entry.link", out, TR("formats", "Links and devices in archives are not unpacked."), {}},
      {"entry.twice", out, TR("formats", "The archive has two entries of this name; the first one counts."), {}},
      {"archive.cut", out, TR("formats", "The archive is cut off or damaged; what came before was taken."),
       TR("formats", "Copy or download it again.")},
      // Pictures.
      {"picture.missing", out, TR("formats", "The picture is not there."), TR("formats", "Put the pictures beside the annotation file.")},
      {"picture.unreadable", out, TR("formats", "This is not a picture that can be read."), {}},
      {"picture.path", kept, TR("formats", "The path leads out of the folder; the picture was looked for by its name."), {}},
      {"picture.twice", kept, TR("formats", "The picture is named more than once; what is said of it was joined."), {}},
      {"picture.size", kept, TR("formats", "The picture has another size than the file says."),
       TR("formats", "Check whether the shapes lie where they should.")},
      {"picture.turned", kept, TR("formats", "The picture is turned by its EXIF orientation, its shapes are not."),
       TR("formats", "Check whether the shapes lie where they should.")},
      {"picture.orphan", kept, TR("formats", "The annotation file has no picture."), {}},
      {"id.twice", out, TR("formats", "The number was given to another one before."), {}},
      // Classes.
      {"category.unknown", out, TR("formats", "The class is not in the list of classes."), {}},
      {"category.twice", kept, TR("formats", "The class is in the list more than once."), {}},
      {"category.cycle", kept, TR("formats", "Classes are each other's parents; the parents were left out."), {}},
      {"label.encoding", kept, TR("formats", "The name is not UTF-8; odd bytes are shown as \\xNN."), {}},
      // Annotations.
      {"annotation.picture", out, TR("formats", "The annotation belongs to a picture that is not in the list."), {}},
      {"annotation.number", out, TR("formats", "A number is missing, or is none."), {}},
      {"annotation.outside", out, TR("formats", "The annotation lies outside the picture."), {}},
      {"annotation.partly_outside", kept, TR("formats", "The annotation reaches beyond the edge of the picture."), {}},
      {"annotation.empty", out, TR("formats", "The annotation has no area, or no class."), {}},
      {"annotation.shape", out, TR("formats", "The shape is incomplete, or of a kind that is not read."), {}},
      {"annotation.twice", kept, TR("formats", "Two annotations have the same number; both were taken."), {}},
      {"annotation.mask", out, TR("formats", "The mask does not fit the picture."), {}},
      {"annotation.approximated", kept, TR("formats", "A circle or ellipse was taken as an outline with 64 corners."), {}},
      {"field.unread", kept, TR("formats", "The file says more than is kept here."), {}},
      // What a format cannot hold.
      {"lost.item", out, TR("formats", "The format has no place for this picture."), {}},
      {"lost.picture", out, TR("formats", "The picture's file is not there any more; only its annotations were written."), {}},
      {"lost.annotation:class", out, TR("formats", "The format has no place for this class of the whole picture."), {}},
      {"lost.annotation:box", out, TR("formats", "The format has no place for this box."), {}},
      {"lost.annotation:rotated_box", out, TR("formats", "The format has no place for this rotated box."), {}},
      {"lost.annotation:polygon", out, TR("formats", "The format has no place for this outline as it is."), {}},
      {"lost.annotation:mask", out, TR("formats", "The format has no place for this mask as it is."), {}},
      {"lost.annotation:points", out, TR("formats", "The format has no place for these points."), {}},
      {"lost.annotation:text", out, TR("formats", "The format has no place for this text."), {}},
      {"lost.annotation:number", out, TR("formats", "The format has no place for this number."), {}},
      {"lost.score", out, TR("formats", "The format has no place for scores."), {}},
      {"lost.author", out, TR("formats", "The format does not say who made an annotation."), {}},
      {"lost.attribute", out, TR("formats", "The format has no place for this attribute of an annotation."), {}},
      {"lost.split", out, TR("formats", "The format has no place for this part of the data set."), {}},
      {"lost.group", out, TR("formats", "The format has no place for groups of pictures."), {}},
      {"lost.path", out, TR("formats", "The picture got another name."), {}},
      {"lost.label", out, TR("formats", "The class got another name, because the format cannot hold this one."), {}},
      {"lost.classes", out, TR("formats", "The format has no place for a class without annotations."), {}},
      {"lost.order", out, TR("formats", "The format orders its classes by name."), {}},
      {"added.annotation:box", kept, TR("formats", "The format wants a box around it."), {}},
      {"added.annotation:class", kept, TR("formats", "The format wants one class for each picture."), {}},
      {"added.annotation:mask", kept, TR("formats", "It was written as a mask."), {}},
      {"added.annotation:polygon", kept, TR("formats", "It was written as an outline."), {}},
      {"added.split", kept, TR("formats", "The format wants every picture in a part."), {}},
  };
  return all;
}

}  // namespace

const Issue& issueOf(std::string_view code) {
  static const Issue unknown{"", kept, TR("formats", "The file says more than is kept here."), {}};
  const auto at = std::ranges::find(issues(), code, &Issue::code);
  return at == issues().end() ? unknown : *at;
}

}  // namespace patchbay::formats
