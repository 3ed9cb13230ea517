// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/welcome_page.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <thread>

#include "app/studio/run/machine_load.h"
#include "app/studio/session/call_pool.h"
#include "app/studio/start/graph_picture.h"
#include "app/studio/start/pipeline_card.h"
#include "app/studio/start/recent_projects.h"
#include "app/studio/start/template_words.h"
#include "engine/base/resources.h"
#include "engine/service/templates.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {

struct TemplateFacts {
  TemplateInfo info;
  Document document;
  bool ready = false;  ///< Its pictures are there: it runs as it is.
  bool needsNothing = false;
};

struct RecentFacts {
  RecentPipeline recent;
  QImage picture;
  Document document;  ///< For a picture of the graph where there is none.
};

std::vector<TemplateFacts> readTemplates() {
  std::vector<TemplateFacts> out;
  auto all = listTemplates();
  if (!all) return out;
  for (auto& info : *all) {
    TemplateFacts facts{info, {}, false, info.needs.starts_with("nothing")};
    auto document = Document::load(info.file);
    if (!document) continue;
    facts.document = std::move(*document);
    facts.ready = facts.needsNothing && openTemplate(info.name).has_value();
    out.push_back(std::move(facts));
  }
  // What runs at once comes first, the quickest of it foremost.
  const auto rank = [](const TemplateFacts& f) {
    return f.info.name == "few-labels" ? 0 : f.info.name == "solar-cells" ? 1 : f.info.name.ends_with("evidence") ? 9 : 5;
  };
  std::ranges::stable_sort(out, {}, rank);
  return out;
}

std::vector<RecentFacts> readRecent() {
  std::vector<RecentFacts> out;
  for (auto& recent : existing(recentPipelines())) {
    if (out.size() == 8) break;
    RecentFacts facts{recent, recentPicture(recent.file), {}};
    if (facts.picture.isNull())
      if (auto document = Document::load(widgets::toUtf8(recent.file))) facts.document = std::move(*document);
    out.push_back(std::move(facts));
  }
  return out;
}

QLabel* heading(QWidget* parent, double factor) {
  auto* label = new QLabel{parent};
  auto font = label->font();
  font.setPointSizeF(font.pointSizeF() * factor);
  font.setBold(true);
  label->setFont(font);
  label->setWordWrap(true);
  return label;
}

}  // namespace

struct WelcomePage::Impl {
  WelcomePage& page;
  Settings& settings;
  CallPool pool{2};
  int waiting = 0;
  QLabel *name, *slogan, *recentTitle, *templatesTitle, *machine, *none;
  QLabel* logo;
  QPushButton *fresh, *label, *open, *openFolder;
  QLineEdit* search;
  QWidget *recentBox, *templateBox;
  widgets::FlowLayout *recentFlow, *templateFlow;
  std::vector<TemplateFacts> templates;
  std::vector<RecentFacts> recents;
  std::vector<PipelineCard*> templateCards, recentCards;
  MachineFacts facts;
  bool factsKnown = false;

  Impl(WelcomePage& p, Settings& s) : page{p}, settings{s} {}

  template <class T>
  void read(std::function<T()> work, std::function<void(T)> then) {
    ++waiting;
    pool.post([self = QPointer<WelcomePage>{&page}, work = std::move(work), then = std::move(then)] {
      auto result = std::make_shared<T>(work());
      QMetaObject::invokeMethod(
          QCoreApplication::instance(),
          [self, result, then] {
            if (!self) return;
            --self->impl_->waiting;
            then(std::move(*result));
          },
          Qt::QueuedConnection);
    });
  }

  void build();
  QWidget* buildSide();
  void fillRecent();
  void fillTemplates();
  void words();
  void cardWords();
  void pictures();
  void filter();
};

QWidget* WelcomePage::Impl::buildSide() {
  auto* side = new QWidget{&page};
  auto* column = new QVBoxLayout{side};
  column->setContentsMargins(24, 32, 24, 24);
  column->setSpacing(8);
  logo = new QLabel{side};
  logo->setPixmap(QIcon{QStringLiteral(":/desktop/patchbay-studio.svg")}.pixmap(64, 64));
  column->addWidget(logo);
  name = heading(side, 1.8);
  column->addWidget(name);
  slogan = new QLabel{side};
  slogan->setWordWrap(true);
  slogan->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(slogan);
  column->addSpacing(16);
  const auto button = [&](const char* objectName, const QString& iconName) {
    auto* b = new QPushButton{side};
    b->setObjectName(QLatin1String{objectName});
    b->setIcon(widgets::icon(iconName));
    b->setIconSize({20, 20});
    b->setMinimumHeight(40);
    b->setStyleSheet(QStringLiteral("text-align: left; padding: 8px 12px;"));
    column->addWidget(b);
    return b;
  };
  fresh = button("welcome.new", QStringLiteral("new"));
  label = button("welcome.label", QStringLiteral("tool-box"));
  open = button("welcome.open", QStringLiteral("open"));
  openFolder = button("welcome.open-folder", QStringLiteral("folder"));
  connect(fresh, &QPushButton::clicked, &page, &WelcomePage::newRequested);
  connect(label, &QPushButton::clicked, &page, &WelcomePage::labelRequested);
  connect(open, &QPushButton::clicked, &page, &WelcomePage::openRequested);
  connect(openFolder, &QPushButton::clicked, &page, &WelcomePage::openFolderRequested);
  column->addStretch();
  machine = new QLabel{side};
  machine->setObjectName(QStringLiteral("welcome.machine"));
  machine->setWordWrap(true);
  machine->setForegroundRole(QPalette::PlaceholderText);
  machine->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(machine);
  side->setMinimumWidth(264);
  side->setMaximumWidth(320);
  return side;
}

void WelcomePage::Impl::build() {
  auto* row = new QHBoxLayout{&page};
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(buildSide());
  auto* scroll = new QScrollArea{&page};
  scroll->setObjectName(QStringLiteral("welcome.scroll"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout{content};
  column->setContentsMargins(24, 32, 24, 24);
  column->setSpacing(16);
  recentTitle = heading(content, 1.25);
  recentBox = new QWidget{content};
  recentFlow = new widgets::FlowLayout{recentBox, 0, 16};
  column->addWidget(recentTitle);
  column->addWidget(recentBox);
  recentTitle->hide();
  recentBox->hide();
  auto* line = new QHBoxLayout;
  templatesTitle = heading(content, 1.25);
  templatesTitle->setWordWrap(false);
  search = new QLineEdit{content};
  search->setObjectName(QStringLiteral("welcome.search"));
  search->setClearButtonEnabled(true);
  search->setMinimumWidth(200);
  search->setMaximumWidth(320);
  search->addAction(widgets::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  line->addWidget(templatesTitle);
  line->addStretch();
  line->addWidget(search, 1);
  column->addLayout(line);
  templateBox = new QWidget{content};
  templateFlow = new widgets::FlowLayout{templateBox, 0, 16};
  column->addWidget(templateBox);
  none = new QLabel{content};
  none->setWordWrap(true);
  none->setForegroundRole(QPalette::PlaceholderText);
  none->hide();
  column->addWidget(none);
  column->addStretch();
  scroll->setWidget(content);
  row->addWidget(scroll, 1);
  connect(search, &QLineEdit::textChanged, &page, [this] { filter(); });
}

void WelcomePage::Impl::words() {
  name->setText(WelcomePage::tr("Patchbay"));
  slogan->setText(WelcomePage::tr("Teach a pretrained network your own pictures, by drawing."));
  fresh->setText(WelcomePage::tr("New pipeline"));
  fresh->setToolTip(WelcomePage::tr("An empty canvas in a new project (Ctrl+N)"));
  label->setText(WelcomePage::tr("Label pictures…"));
  label->setToolTip(WelcomePage::tr("A folder of pictures without classes: name the classes, label some, and the model suggests the rest"));
  open->setText(WelcomePage::tr("Open pipeline…"));
  open->setToolTip(WelcomePage::tr("A pipeline file (Ctrl+O)"));
  openFolder->setText(WelcomePage::tr("Open project folder…"));
  openFolder->setToolTip(WelcomePage::tr("A folder that Patchbay made, with pipelines and results"));
  recentTitle->setText(WelcomePage::tr("Go on with"));
  templatesTitle->setText(WelcomePage::tr("Start from a template"));
  search->setPlaceholderText(WelcomePage::tr("Search templates"));
  search->setAccessibleName(search->placeholderText());
  none->setText(WelcomePage::tr("No template is about that. Clear the search to see all."));
  if (factsKnown) {
    const auto gpu = facts.gpu.isEmpty() ? WelcomePage::tr("no GPU (not needed)")
                     : facts.gpuReady    ? facts.gpu
                                         : WelcomePage::tr("%1 (its libraries are missing: run app/setup/install --gpu)").arg(facts.gpu);
    machine->setText(WelcomePage::tr("This machine: %1, %n core(s), %2 memory, %3, %4 free on disk", nullptr, facts.cores)
                         .arg(facts.processor.isEmpty() ? WelcomePage::tr("processor unknown") : facts.processor,
                              widgets::sayBytes(facts.memoryBytes), gpu, widgets::sayBytes(facts.diskFreeBytes)));
  } else {
    machine->setText(WelcomePage::tr("Looking at this machine…"));
  }
  cardWords();
}

void WelcomePage::Impl::cardWords() {
  const int cores = factsKnown ? facts.cores : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  for (std::size_t i = 0; i < templateCards.size(); ++i) {
    const auto& t = templates[i];
    const auto needs = t.needsNothing && !t.ready ? WelcomePage::tr("Its sample pictures are not installed: run app/setup/install")
                                                  : WelcomePage::tr("Needs %1").arg(sayTemplate(t.info.needs));
    templateCards[i]->setTexts(sayTemplate(t.info.title), sayTemplate(t.info.task),
                               WelcomePage::tr("Takes %1.").arg(sayTemplateTime(t.info.time, cores)) + QLatin1Char('\n') +
                                   (t.ready ? sayTemplate(t.info.description) : needs),
                               t.ready ? WelcomePage::tr("Ready to run") : QString{});
    templateCards[i]->setToolTip(sayTemplate(t.info.description) + QLatin1Char('\n') + needs);
  }
  for (std::size_t i = 0; i < recentCards.size(); ++i) {
    const auto& r = recents[i].recent;
    recentCards[i]->setTexts(widgets::sayWritten(widgets::toUtf8(r.title)), QLocale{}.toString(r.opened, QLocale::ShortFormat), r.file);
  }
}

void WelcomePage::Impl::pictures() {
  const auto ratio = page.devicePixelRatioF();
  for (std::size_t i = 0; i < templateCards.size(); ++i)
    templateCards[i]->setPicture(graphPicture(templates[i].document, PipelineCard::pictureSize(), page.palette(), ratio,
                                              templates[i].ready ? PipelineCard::badgeHeight() : 0));
  for (std::size_t i = 0; i < recentCards.size(); ++i)
    recentCards[i]->setPicture(recents[i].picture.isNull()
                                   ? graphPicture(recents[i].document, PipelineCard::pictureSize(), page.palette(), ratio)
                                   : QPixmap::fromImage(recents[i].picture));
}

void WelcomePage::Impl::fillTemplates() {
  for (auto* card : templateCards) delete card;
  templateCards.clear();
  for (const auto& t : templates) {
    auto* card = new PipelineCard{templateBox};
    card->setObjectName(QStringLiteral("welcome.template.") + widgets::fromUtf8(t.info.name));
    connect(card, &PipelineCard::clicked, &page, [this, id = widgets::fromUtf8(t.info.name)] { Q_EMIT page.templateRequested(id); });
    templateFlow->addWidget(card);
    templateCards.push_back(card);
  }
  cardWords();
  pictures();
  filter();
}

void WelcomePage::Impl::fillRecent() {
  for (auto* card : recentCards) delete card;
  recentCards.clear();
  for (std::size_t i = 0; i < recents.size(); ++i) {
    auto* card = new PipelineCard{recentBox};
    card->setObjectName(QStringLiteral("welcome.recent.%1").arg(i));
    connect(card, &PipelineCard::clicked, &page, [this, file = recents[i].recent.file] { Q_EMIT page.pipelineRequested(file); });
    recentFlow->addWidget(card);
    recentCards.push_back(card);
  }
  recentTitle->setVisible(!recents.empty());
  recentBox->setVisible(!recents.empty());
  cardWords();
  pictures();
}

void WelcomePage::Impl::filter() {
  const auto words = search->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
  int shown = 0;
  for (std::size_t i = 0; i < templateCards.size(); ++i) {
    const auto& t = templates[i].info;
    const auto all = QStringList{sayTemplate(t.title), sayTemplate(t.task),        sayTemplate(t.description),
                                 sayTemplate(t.needs), widgets::fromUtf8(t.title), widgets::fromUtf8(t.description)}
                         .join(QLatin1Char(' '));
    const bool fits = std::ranges::all_of(words, [&](const auto& word) { return all.contains(word, Qt::CaseInsensitive); });
    templateCards[i]->setVisible(fits);
    shown += fits;
  }
  none->setVisible(shown == 0 && !templateCards.empty());
}

WelcomePage::WelcomePage(Settings& settings, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, settings)} {
  setObjectName(QStringLiteral("welcome"));
  impl_->build();
  impl_->words();
}

WelcomePage::~WelcomePage() = default;

void WelcomePage::reload() {
  auto& d = *impl_;
  d.read<std::vector<RecentFacts>>([] { return readRecent(); },
                                   [&d](std::vector<RecentFacts> recents) {
                                     d.recents = std::move(recents);
                                     d.fillRecent();
                                   });
  if (d.templates.empty())
    d.read<std::vector<TemplateFacts>>([] { return readTemplates(); },
                                       [&d](std::vector<TemplateFacts> templates) {
                                         d.templates = std::move(templates);
                                         d.fillTemplates();
                                       });
  if (!d.factsKnown)
    d.read<MachineFacts>([folder = d.settings.projectsFolder()] { return readMachine(folder); },
                         [&d](MachineFacts facts) {
                           d.facts = std::move(facts);
                           d.factsKnown = true;
                           d.words();
                         });
}

bool WelcomePage::idle() const { return impl_->waiting == 0; }

void WelcomePage::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) impl_->words();
  if (event->type() == QEvent::PaletteChange) {
    // A picture of the canvas keeps the colours it was taken in; graphs are drawn again.
    impl_->pictures();
    impl_->search->update();
  }
  QWidget::changeEvent(event);
}

}  // namespace patchbay::studio
