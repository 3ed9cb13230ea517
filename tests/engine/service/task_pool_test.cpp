// SPDX-License-Identifier: Apache-2.0
#include "engine/service/task_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace patchbay {
namespace {

TEST(TaskPool, ASequenceKeepsItsOrderAndDelaysNobodyElse) {
  std::promise<void> mayGoOn, otherWasDone, end;
  std::vector<int> done;
  TaskPool pool{2, 100};
  ASSERT_TRUE(pool.add(
      [&, go = mayGoOn.get_future().share()] {
        go.wait();
        done.push_back(0);
      },
      "one"));
  for (int i = 1; i <= 20; ++i) ASSERT_TRUE(pool.add([&done, i] { done.push_back(i); }, "one"));
  ASSERT_TRUE(pool.add([&] { otherWasDone.set_value(); }, "another"));
  EXPECT_EQ(otherWasDone.get_future().wait_for(std::chrono::seconds{20}), std::future_status::ready);
  mayGoOn.set_value();
  ASSERT_TRUE(pool.add([&] { end.set_value(); }, "one"));
  ASSERT_EQ(end.get_future().wait_for(std::chrono::seconds{20}), std::future_status::ready);
  ASSERT_EQ(done.size(), 21u);
  EXPECT_TRUE(std::ranges::is_sorted(done));
}

TEST(TaskPool, WithoutASequenceTasksAreDoneSideBySide) {
  std::promise<void> first, second;
  TaskPool pool{2, 100};
  ASSERT_TRUE(pool.add([&, other = second.get_future().share()] {
    if (other.wait_for(std::chrono::seconds{20}) == std::future_status::ready) first.set_value();
  }));
  ASSERT_TRUE(pool.add([&] { second.set_value(); }));
  EXPECT_EQ(first.get_future().wait_for(std::chrono::seconds{25}), std::future_status::ready);
}

TEST(TaskPool, RefusesWhenTooManyWait) {
  std::promise<void> started, end;
  TaskPool pool{1, 2};
  ASSERT_TRUE(pool.add([&, go = end.get_future().share()] {
    started.set_value();
    go.wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.add([] {}));
  EXPECT_TRUE(pool.add([] {}, "one"));
  EXPECT_FALSE(pool.add([] {}));
  end.set_value();
}

}  // namespace
}  // namespace patchbay
