// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/session/session.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/studio/data/picture_queue.h"
#include "app/studio/data/thumbnail_store.h"
#include "app/studio/session/call_pool.h"
#include "engine/service/connect.h"
#include "engine/service/dispatch.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

constexpr auto patienceForEngine = std::chrono::seconds{15};

Error closedError() {
  return {ErrorKind::Cancelled, "session.closed", TR("studio", "The project was closed."), TR("studio", "Open it again."), {}};
}

/// Runs in the window's thread if both session and asker are still there.
void deliver(const std::shared_ptr<std::atomic<bool>>& open, QPointer<QObject> context, std::function<void()> what) {
  QMetaObject::invokeMethod(
      QCoreApplication::instance(),
      [open, context = std::move(context), what = std::move(what)] {
        if (*open && context) what();
      },
      Qt::QueuedConnection);
}

/// Objects straight from the project's folder; the engine is asked only for what lies elsewhere (pictures, damaged objects).
class FolderReader final : public ObjectReader {
 public:
  FolderReader(fs::path objects, std::function<Result<fs::path>(const Digest&)> locate)
      : objects_{std::move(objects)}, locate_{std::move(locate)} {}
  Result<MappedFile> open(const Digest& digest) override {
    const auto hex = digest.hex();
    if (auto file = MappedFile::open(objects_ / hex.substr(0, 2) / hex.substr(2))) return file;
    PB_TRY(const auto path, locate_(digest));
    return MappedFile::open(path);
  }

 private:
  fs::path objects_;
  std::function<Result<fs::path>(const Digest&)> locate_;
};

}  // namespace

QImage imageFromValue(const Value& value) {
  const auto width = value["width"].asInt(), height = value["height"].asInt();
  const auto& rgb = value["rgb"].asBytes();
  if (width <= 0 || height <= 0 || width > 32768 || height > 32768 || static_cast<std::int64_t>(rgb.size()) < width * height * 3) return {};
  return QImage{rgb.data(), static_cast<int>(width), static_cast<int>(height), static_cast<int>(width * 3), QImage::Format_RGB888}.copy();
}

/// What the threads hold on to when the session has gone.
struct Session::Shared {
  std::shared_ptr<std::atomic<bool>> open = std::make_shared<std::atomic<bool>>(true);
  fs::path project, engineProgram;
  std::mutex mutex;
  std::condition_variable came;
  std::shared_ptr<Engine> engine;
  std::unique_ptr<Subscription> subscription;
  std::vector<Value> events;
  bool failed = false;
  // Live requests and reading of files may take long: they do not hold up questions to the engine.
  CallPool calls{4}, lives{4}, files{3};

  std::shared_ptr<Engine> waitForEngine() {
    std::unique_lock lock{mutex};
    came.wait_for(lock, patienceForEngine, [this] { return engine || failed || !*open; });
    return engine;
  }
  Result<Value> ask(const std::string& method, const Value& args) {
    const auto connected = waitForEngine();
    return connected ? dispatch(*connected, method, args) : fail(missing());
  }
  Error missing() {
    if (!*open) return closedError();
    return {ErrorKind::Unreachable,
            "engine.none",
            TR("studio", "The engine of this project is not connected."),
            TR("studio", "Wait until it is back, or choose \"Connect again\" at the bottom of the window."),
            {}};
  }
};

struct Session::Pictures {
  PictureQueue queue;
  std::shared_ptr<ThumbnailStore> store = std::make_shared<ThumbnailStore>(ThumbnailStore::usualFolder());
  bool timed = false;
  bool busy[2] = {false, false};  ///< A batch is under way on this slot; a second one there would cancel it.
};

Session::Session(fs::path project, QObject* parent, fs::path engineProgram)
    : QObject{parent}, project_{std::move(project)}, shared_{std::make_shared<Shared>()}, pictures_{std::make_unique<Pictures>()} {
  shared_->project = project_;
  shared_->engineProgram = std::move(engineProgram);
  connectSoon(0);
}

Session::~Session() {
  *shared_->open = false;
  std::shared_ptr<Engine> engine;
  std::unique_ptr<Subscription> subscription;
  {
    const std::scoped_lock lock{shared_->mutex};
    engine.swap(shared_->engine);
    subscription.swap(shared_->subscription);
  }
  shared_->came.notify_all();
  // Ending a connection may wait for the thread that reads it.
  std::thread{[engine = std::move(engine), subscription = std::shared_ptr<Subscription>{std::move(subscription)}]() mutable {
    subscription.reset();
    engine.reset();
  }}.detach();
}

const fs::path& Session::project() const { return project_; }
Session::State Session::state() const { return state_; }
const Error& Session::error() const { return error_; }
std::int64_t Session::enginePid() const { return pid_; }
bool Session::readOnly() const { return readOnly_; }
bool Session::idle() const { return shared_->calls.idle() && shared_->lives.idle() && shared_->files.idle() && pictures_->queue.empty(); }
const Catalogue& Session::catalogue() const { return catalogue_; }

void Session::offerCatalogue(const Catalogue& catalogue) {
  if (!catalogue_.blocks().empty()) return;
  catalogue_ = catalogue;
  Q_EMIT catalogueChanged();
}

void Session::retry() {
  if (state_ != State::Failed) return;
  failures_ = 0;
  state_ = State::Connecting;
  Q_EMIT stateChanged();
  connectSoon(0);
}

void Session::connectSoon(int delayMs) {
  QTimer::singleShot(delayMs, this, [this] {
    // Made here: in the thread, the session might go while a handle is made of it.
    std::thread{[shared = shared_, self = QPointer<Session>{this}, context = QPointer<QObject>{this}] {
      {
        const std::scoped_lock lock{shared->mutex};
        shared->failed = false;
      }
      const auto tell = [&](Result<Value> result) {
        deliver(shared->open, context, [self, result = std::move(result)]() mutable { self->arrived(std::move(result)); });
      };
      ConnectOptions options;
      options.clientName = "patchbay-studio";
      options.engineProgram = shared->engineProgram;
      auto connected = connectEngine(shared->project, options);
      if (!connected) return tell(fail(connected.error()));
      std::shared_ptr<Engine> engine{std::move(*connected)};
      auto info = engine->info();
      if (!info) return tell(fail(info.error()));
      // Before it is called ready: an engine that ends from here on is heard of. Until then its events wait (takeEvents).
      // They may hold the window's thread up only as a queue: one wake-up for all that came meanwhile.
      auto subscription = engine->subscribe([weak = std::weak_ptr{shared}, self, context](const Value& event) {
        const auto s = weak.lock();
        if (!s || !*s->open) return;
        bool first = false;
        {
          const std::scoped_lock lock{s->mutex};
          first = s->events.empty();
          s->events.push_back(event);
        }
        if (first) deliver(s->open, context, [self] { self->takeEvents(); });
      });
      if (!subscription) return tell(fail(subscription.error()));
      {
        const std::scoped_lock lock{shared->mutex};
        if (!*shared->open) return;
        shared->engine = std::move(engine);
        shared->subscription = std::move(*subscription);
      }
      shared->came.notify_all();
      tell(*info);
    }}.detach();
  });
}

void Session::arrived(Result<Value> info) {
  if (!info) {
    error_ = info.error();
    ++failures_;
    forgetEvents();
    // A process that is just ending, or a project another one still locks, is often gone a moment later.
    const bool again = failures_ < 3;
    state_ = again ? State::Connecting : State::Failed;
    if (!again) {
      {
        const std::scoped_lock lock{shared_->mutex};
        shared_->failed = true;
      }
      shared_->came.notify_all();
    }
    Q_EMIT stateChanged();
    connectSoon(again ? 300 * failures_ : 15'000);
    return;
  }
  failures_ = 0;
  error_ = {};
  pid_ = (*info)["pid"].asInt();
  readOnly_ = (*info)["read_only"].asBool();
  state_ = State::Ready;
  Q_EMIT stateChanged();
  takeEvents();
  if (state_ != State::Ready) return;
  ask("catalogue", {}, this, [this](const Result<Value>& answer) {
    if (!answer) return;
    auto read = Catalogue::fromValue(*answer);
    // One without blocks is news too: none are installed.
    if (!read || (!catalogue_.blocks().empty() && read->toValue() == catalogue_.toValue())) return;
    catalogue_ = std::move(*read);
    Q_EMIT catalogueChanged();
  });
}

void Session::takeEvents() {
  if (state_ != State::Ready) return;
  std::vector<Value> events;
  {
    const std::scoped_lock lock{shared_->mutex};
    events.swap(shared_->events);
  }
  for (const auto& event : events) {
    if (event["event"].asText() == "disconnected") return lost();
    Q_EMIT eventArrived(event);
  }
}

void Session::forgetEvents() {
  const std::scoped_lock lock{shared_->mutex};
  shared_->events.clear();
}

void Session::lost() {
  std::shared_ptr<Engine> engine;
  std::shared_ptr<Subscription> subscription;
  {
    const std::scoped_lock lock{shared_->mutex};
    engine.swap(shared_->engine);
    subscription = std::move(shared_->subscription);
  }
  std::thread{[engine = std::move(engine), subscription = std::move(subscription)]() mutable {
    subscription.reset();
    engine.reset();
  }}.detach();
  forgetEvents();
  pid_ = 0;
  state_ = State::Connecting;
  Q_EMIT stateChanged();
  connectSoon(0);
}

void Session::live(std::string service, std::string method, Value args, std::string slot, QObject* context, Answer answer) {
  // A weak handle: the pools belong to what is shared, and must not be kept by what they run.
  shared_->lives.post([weak = std::weak_ptr{shared_}, open = shared_->open, service = std::move(service), method = std::move(method),
                       args = std::move(args), slot = std::move(slot), context = QPointer<QObject>{context}, answer = std::move(answer)] {
    Result<Value> result = fail(closedError());
    if (const auto shared = weak.lock()) {
      const auto engine = shared->waitForEngine();
      result = engine ? engine->live(service, method, args, slot) : fail(shared->missing());
    }
    deliver(open, context, [answer, result = std::move(result)] { answer(result); });
  });
}

void Session::ask(std::string method, Value args, QObject* context, Answer answer) {
  shared_->calls.post([weak = std::weak_ptr{shared_}, open = shared_->open, method = std::move(method), args = std::move(args),
                       context = QPointer<QObject>{context}, answer = std::move(answer)] {
    Result<Value> result = fail(closedError());
    if (const auto shared = weak.lock()) result = shared->ask(method, args);
    deliver(open, context, [answer, result = std::move(result)] { answer(result); });
  });
}

void Session::askInThread(std::string method, std::function<Value()> args, std::function<std::any(const Value&)> read, QObject* context,
                          std::function<void(const Result<std::any>&)> answer) {
  shared_->calls.post([weak = std::weak_ptr{shared_}, open = shared_->open, method = std::move(method), args = std::move(args),
                       read = std::move(read), context = QPointer<QObject>{context}, answer = std::move(answer)] {
    Result<std::any> result = fail(closedError());
    if (const auto shared = weak.lock()) {
      const auto said = shared->ask(method, args());
      if (said) result = read(*said);
      else result = fail(said.error());
    }
    deliver(open, context, [answer, result = std::move(result)] { answer(result); });
  });
}

void Session::inThread(std::function<Result<std::any>()> work, QObject* context, std::function<void(const Result<std::any>&)> answer) {
  shared_->files.post([open = shared_->open, work = std::move(work), context = QPointer<QObject>{context}, answer = std::move(answer)] {
    deliver(open, context, [answer, result = work()] { answer(result); });
  });
}

void Session::readObjects(std::function<Result<std::any>(ObjectReader&)> read, QObject* context,
                          std::function<void(const Result<std::any>&)> answer) {
  inThread(
      [weak = std::weak_ptr{shared_}, read = std::move(read)]() -> Result<std::any> {
        const auto shared = weak.lock();
        if (!shared) return fail(closedError());
        FolderReader reader{shared->project / "objects", [&](const Digest& digest) -> Result<fs::path> {
                              const auto engine = shared->waitForEngine();
                              if (!engine) return fail(shared->missing());
                              return engine->locate(digest);
                            }};
        return read(reader);
      },
      context, std::move(answer));
}

void Session::picture(const widgets::PictureRef& picture, int side, QObject* context, std::function<void(const QImage&)> answer) {
  if (const auto* known = pictures_->queue.find(picture, side)) {
    const auto image = *known;
    QMetaObject::invokeMethod(
        context, [answer = std::move(answer), image] { answer(image); }, Qt::QueuedConnection);
    return;
  }
  pictures_->queue.add(picture, side, context, std::move(answer));
  if (pictures_->timed) return;
  pictures_->timed = true;
  // A view asks for all it shows within one event; they travel together.
  QTimer::singleShot(4, this, [this] {
    pictures_->timed = false;
    sendPictures();
  });
}

/// What was seen before is on the disk; only the rest is decoded.
void Session::sendPictures() {
  for (const int slot : {0, 1}) {
    if (pictures_->busy[slot]) continue;
    const auto batch = pictures_->queue.take(24);
    if (batch.pictures.empty()) return;
    pictures_->busy[slot] = true;
    inThread(
        [batch, store = pictures_->store]() -> Result<std::any> {
          std::vector<QImage> found;
          for (const auto& one : batch.pictures) found.push_back(store->find(one.digest, batch.side));
          return std::any{std::move(found)};
        },
        this,
        [this, batch, slot](const Result<std::any>& read) {
          const auto found = read ? std::any_cast<std::vector<QImage>>(*read) : std::vector<QImage>(batch.pictures.size());
          std::vector<widgets::PictureRef> missing;
          for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i].isNull()) missing.push_back(batch.pictures[i]);
            else pictures_->queue.finish(batch.pictures[i], batch.side, found[i], true);
          }
          if (!missing.empty()) return decodePictures(slot, batch.side, std::move(missing));
          pictures_->busy[slot] = false;
          sendPictures();
        });
  }
}

void Session::decodePictures(int slot, int side, std::vector<widgets::PictureRef> pictures) {
  Value args;
  args["side"] = side;
  args["pictures"] = Value::List{};
  for (const auto& one : pictures)
    args["pictures"].push(one.digest.empty() ? Value{Value::Map{{"path", pathToValue(one.path)}}}
                                             : Value{Value::Map{{"digest", one.digest}}});
  live("patchbay.live.pictures", "thumbnails", std::move(args), "thumbnails-" + std::to_string(slot), this,
       [this, pictures = std::move(pictures), side, slot](const Result<Value>& answer) {
         pictures_->busy[slot] = false;
         const auto empty = Value::List{};
         const auto& images = answer ? (*answer)["images"].asList() : empty;
         std::vector<std::pair<std::string, QImage>> fresh;
         for (std::size_t i = 0; i < pictures.size(); ++i) {
           const auto image = i < images.size() ? imageFromValue(images[i]) : QImage{};
           if (!pictures[i].digest.empty() && !image.isNull()) fresh.emplace_back(pictures[i].digest, image);
           pictures_->queue.finish(pictures[i], side, image, answer.has_value());
         }
         if (!fresh.empty())
           inThread(
               [fresh = std::move(fresh), side, store = pictures_->store]() -> Result<std::any> {
                 for (const auto& [digest, image] : fresh) store->put(digest, side, image);
                 return std::any{};
               },
               this, [](const auto&) {});
         sendPictures();
       });
}

}  // namespace patchbay::studio
