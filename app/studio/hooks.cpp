// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/hooks.h"

#include "app/studio/data/data_import.h"
#include "app/studio/data/data_set_view.h"
#include "app/studio/data/import_data_view.h"
#include "app/studio/data/import_dialog.h"
#include "app/studio/deploy/deploy_panel.h"
#include "app/studio/deploy/export_dialog.h"
#include "app/studio/label/label_panel.h"
#include "app/studio/try_it/try_panel.h"
#include "app/studio/workspace.h"

namespace patchbay::studio {

Hooks makeHooks() {
  Hooks hooks;
  hooks.importData = openImport;
  hooks.tryIt = openTry;
  hooks.exportModel = openExport;
  hooks.openDeploy = openDeploy;
  hooks.lookAtData = openData;
  hooks.openDataSet = openDataSet;
  hooks.openLabelling = openLabelling;
  hooks.importToLabel = [](Workspace& workspace, const QString& folder) { openDataImport(workspace, folder, workspace.window()); };
  return hooks;
}

}  // namespace patchbay::studio
