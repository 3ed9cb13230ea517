// SPDX-License-Identifier: Apache-2.0
#include "engine/base/channel.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace patchbay {
namespace {

struct ChannelTest : ::testing::Test {
  ChannelTest() {
    auto both = Channel::pair();
    a = std::move(both->first);
    b = std::move(both->second);
  }
  Channel a, b;
};

TEST_F(ChannelTest, CarriesFramesOfBothKindsInOrder) {
  ASSERT_TRUE(a.send(Value::Map{{"n", 1}}));
  ASSERT_TRUE(a.sendBinary(std::string("\0\1\2", 3)));
  ASSERT_TRUE(a.send(Value::Map{{"n", 2}}));
  EXPECT_EQ((*b.receive())->value["n"].asInt(), 1);
  const auto binary = *b.receive();
  EXPECT_EQ(binary->type, FrameType::Binary);
  EXPECT_EQ(binary->bytes, std::string("\0\1\2", 3));
  EXPECT_EQ((*b.receive())->value["n"].asInt(), 2);
}

TEST_F(ChannelTest, CarriesMoreThanASocketHoldsAtOnce) {
  const std::string much(5'000'000, 'x');
  std::thread sender{[&] { EXPECT_TRUE(a.sendBinary(much)); }};
  const auto frame = b.receive(10'000);
  sender.join();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((*frame)->bytes, much);
}

TEST_F(ChannelTest, DescriptorsArriveWithTheirFrame) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const UniqueFd read{ends[0]}, write{ends[1]};
  const int fd = write.get();
  ASSERT_TRUE(a.send(Value::Map{{"n", 1}}));
  ASSERT_TRUE(a.send(Value::Map{{"n", 2}}, -1, std::span{&fd, 1}));
  ASSERT_TRUE(a.send(Value::Map{{"n", 3}}));
  EXPECT_TRUE((*b.receive())->fds.empty());
  auto second = *b.receive();
  EXPECT_EQ(second->value, Value(Value::Map{{"n", 2}}));
  ASSERT_EQ(second->fds.size(), 1u);
  EXPECT_TRUE((*b.receive())->fds.empty());
  ASSERT_EQ(::write(second->fds[0].get(), "hi", 2), 2);
  char text[3] = {};
  ASSERT_EQ(::read(read.get(), text, 2), 2);
  EXPECT_STREQ(text, "hi");
}

TEST_F(ChannelTest, WaitsNoLongerThanTold) {
  EXPECT_EQ(*b.receive(0), std::nullopt);
  EXPECT_EQ(*b.receive(20), std::nullopt);
}

TEST_F(ChannelTest, TellsThatThePeerWentAway) {
  ASSERT_TRUE(a.send(Value::Map{{"last", true}}));
  a = Channel{};
  EXPECT_TRUE(*b.receive()) << "what was sent before still arrives";
  EXPECT_EQ(b.receive().error().code, "channel.closed");
  EXPECT_FALSE(b.send(Value::Map{}));
}

TEST_F(ChannelTest, OffersAreDroppedRatherThanWaitedFor) {
  const Value large{Value::Map{{"x", std::string(100'000, 'x')}}};
  int taken = 0;
  while (*a.offer(large)) ASSERT_LT(++taken, 1000);
  EXPECT_GT(taken, 0);
  // The frame that was partly sent is finished; every frame that comes is whole.
  for (int i = 0; i < taken; ++i) {
    EXPECT_EQ((*b.receive(1000))->value, large);
    ASSERT_TRUE(a.flush());
  }
  EXPECT_EQ(*b.receive(0), std::nullopt);
}

TEST_F(ChannelTest, WorksOverPipes) {
  int there[2], back[2];
  ASSERT_EQ(::pipe(there), 0);
  ASSERT_EQ(::pipe(back), 0);
  Channel one{UniqueFd{back[0]}, UniqueFd{there[1]}}, two{UniqueFd{there[0]}, UniqueFd{back[1]}};
  const std::string much(300'000, 'y');
  std::thread sender{[&] { EXPECT_TRUE(one.sendBinary(much)); }};
  EXPECT_EQ((*two.receive(5000))->bytes, much);
  sender.join();
  ASSERT_TRUE(two.send(Value::Map{{"ok", true}}));
  EXPECT_TRUE((*one.receive(5000))->value["ok"].asBool());
}

class Garbage : public ::testing::TestWithParam<std::pair<const char*, std::string>> {};

TEST_P(Garbage, IsRefused) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const UniqueFd raw{ends[0]};
  Channel channel{UniqueFd{ends[1]}, {.json = 1000, .binary = 1000}};
  const auto& bytes = GetParam().second;
  ASSERT_EQ(::write(raw.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  ::shutdown(raw.get(), SHUT_WR);
  const auto frame = channel.receive(1000);
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, "channel.malformed");
}

INSTANTIATE_TEST_SUITE_P(Bytes, Garbage,
                         ::testing::Values(std::pair{"unknown_type", std::string("\2\0\0\0\7{}", 7)},
                                           std::pair{"too_long", std::string("\0\0\0\x7f\1", 5)},
                                           std::pair{"not_json", std::string("\2\0\0\0\0{[", 7)},
                                           std::pair{"cut_off", std::string("\5\0\0\0\0{}", 7)},
                                           std::pair{"cut_head", std::string("\5\0", 2)},
                                           std::pair{"descriptor_missing", std::string("\x0a\0\0\0\0{\"$fds\":1}", 15)},
                                           std::pair{"descriptors_negative", std::string("\x0b\0\0\0\0{\"$fds\":-1}", 16)}),
                         [](const auto& i) { return std::string{i.param.first}; });

TEST_F(ChannelTest, HelloAgreesOnTheHighestCommonProtocol) {
  Result<Value> theirs = Value{};
  std::thread other{[&] { theirs = exchangeHello(b, {2, 5}, Value::Map{{"who", "b"}}, 2000); }};
  const auto mine = exchangeHello(a, {1, 3}, Value::Map{{"who", "a"}}, 2000);
  other.join();
  ASSERT_TRUE(mine && theirs);
  EXPECT_EQ((*mine)["version"].asInt(), 3);
  EXPECT_EQ((*theirs)["version"].asInt(), 3);
  EXPECT_EQ((*mine)["who"].asText(), "b");
}

TEST_F(ChannelTest, HelloRefusesAPeerWithoutACommonProtocol) {
  Result<Value> theirs = Value{};
  std::thread other{[&] { theirs = exchangeHello(b, {4, 5}, {}, 2000); }};
  const auto mine = exchangeHello(a, {1, 3}, {}, 2000);
  other.join();
  ASSERT_FALSE(mine || theirs);
  EXPECT_EQ(mine.error().kind, ErrorKind::TooNew);
  EXPECT_EQ(theirs.error().kind, ErrorKind::TooNew);
}

}  // namespace
}  // namespace patchbay
