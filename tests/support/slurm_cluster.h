// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <pwd.h>

#include <fstream>
#include <random>
#include <sstream>

#include "tests/support/daemons.h"

namespace patchbay::testing {

/// MB that a job which computes next to nothing asks a cluster for.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr int smallJobMb = 1000;  // A worker has 450, and is taken to have asked for more when it had half of it.
#else
inline constexpr int smallJobMb = 300;
#endif

/// A real one-node cluster of this user on ports of its own: munged, slurmctld, slurmd. Two fake GPUs.
class SlurmCluster {
 public:
  SlurmCluster() {
    const auto& d = folder.path();
    for (const auto* name : {"munge", "state", "spool", "log", "run"}) {
      std::filesystem::create_directory(d / name);
      ::chmod((d / name).c_str(), 0755);
    }
    ::chmod(d.c_str(), 0755);
    std::random_device random;
    std::string key(1024, '\0');
    for (auto& c : key) c = static_cast<char>(random());
    std::ofstream{d / "munge.key", std::ios::binary} << key;
    ::chmod((d / "munge.key").c_str(), 0400);
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    node = std::string{host}.substr(0, std::string{host}.find('.'));
    const auto* me = ::getpwuid(::getuid());
    const std::string user = me ? me->pw_name : "root";
    // As root munged runs as its own user, who owns what it reads.
    if (::getuid() == 0) succeeds({"chown", "-R", "munge", (d / "munge").string(), (d / "munge.key").string()});
    writeText(d / "slurm.conf", configuration(user), 0644);
    writeText(d / "gres.conf", "NodeName=" + node + " Name=gpu Type=fake File=/dev/null,/dev/zero\n", 0644);
    ::setenv("SLURM_CONF", (d / "slurm.conf").c_str(), 1);
    std::vector<std::string> munged{"munged",
                                    "--foreground",
                                    "--socket=" + (d / "munge/s").string(),
                                    "--key-file=" + (d / "munge.key").string(),
                                    "--pid-file=" + (d / "munge/p").string(),
                                    "--log-file=" + (d / "munge/l").string(),
                                    "--seed-file=" + (d / "munge/seed").string(),
                                    "--force"};
    if (::getuid() == 0) munged = asMunge(munged);
    munge = Daemon{munged, d / "munged.log"};
    waitFor([&] { return std::filesystem::exists(d / "munge/s"); });
    startController(true);
    startNode();
    ready = waitFor([&] {
      const auto run = runProgram({"sinfo", "-h", "-o", "%T"}, {}, std::chrono::seconds{30});
      return run && run->out.starts_with("idle");
    });
  }
  ~SlurmCluster() {
    succeeds({"scancel", "--full", "--signal=KILL", "--state=RUNNING", "-u", std::to_string(::getuid())});
    node_.kill();
    controller.kill();
    munge.kill();
    killAllIn(folder.path());
    if (::getuid() == 0) succeeds({"chown", "-R", "root", folder.path().string()});
  }

  void startController(bool fresh = false) {
    controller = Daemon{fresh ? std::vector<std::string>{"slurmctld", "-D", "-c"} : std::vector<std::string>{"slurmctld", "-D"},
                        folder.path() / "ctld.out"};
    waitFor([] { return succeeds({"scontrol", "ping"}); });
  }
  void startNode() { node_ = Daemon{{"slurmd", "-D", "-N", node}, folder.path() / "d.out"}; }
  void killController() { controller.kill(); }
  void killNode() { node_.kill(); }
  /// It takes what it is asked and does nothing.
  void stopNode() { ::kill(node_.pid(), SIGSTOP); }

  static bool waitFor(const std::function<bool()>& holds, std::chrono::seconds within = std::chrono::seconds{60}) {
    const auto end = std::chrono::steady_clock::now() + within;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    return true;
  }

  test::TempFolder folder;
  std::string node;
  bool ready = false;

 private:
  static std::vector<std::string> asMunge(std::vector<std::string> argv) {
    std::vector<std::string> out{"setpriv", "--reuid=munge", "--regid=munge", "--clear-groups"};
    out.insert(out.end(), argv.begin(), argv.end());
    return out;
  }
  std::string configuration(const std::string& user) const {
    const auto d = folder.path().string();
    std::ostringstream out;
    out << "ClusterName=test\nSlurmctldHost=" << node << "(127.0.0.1)\nSlurmUser=" << user << "\nSlurmdUser=" << user
        << "\nAuthType=auth/munge\nAuthInfo=socket=" << d << "/munge/s\nCredType=cred/munge\nStateSaveLocation=" << d
        << "/state\nSlurmdSpoolDir=" << d << "/spool\nSlurmctldPidFile=" << d << "/run/ctld.pid\nSlurmdPidFile=" << d
        << "/run/d.pid\nSlurmctldLogFile=" << d << "/log/c\nSlurmdLogFile=" << d << "/log/d\nSlurmctldPort=" << freePort()
        << "\nSlurmdPort=" << freePort()
        << "\nProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nSelectType=select/cons_tres\nSelectTypeParameters=CR_CPU_Memory\n"
           "JobAcctGatherType=jobacct_gather/linux\nJobAcctGatherParams=OverMemoryKill\nJobAcctGatherFrequency=1\n"
           "JobCompType=jobcomp/filetxt\nJobCompLoc="
        << d
        << "/log/jobcomp\nAccountingStorageType=accounting_storage/none\nGresTypes=gpu\nMpiDefault=none\nReturnToService=2\n"
           "MinJobAge=3600\nKillWait=5\nSchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0\nNodeName="
        << node << " NodeAddr=127.0.0.1 CPUs=" << std::max(2u, std::thread::hardware_concurrency())
        << " RealMemory=4000 Gres=gpu:fake:2 Feature=fast,avx2 State=UNKNOWN\nPartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE "
           "DefMemPerCPU=500 "
           "State=UP\n";
    return out.str();
  }
  Daemon munge, controller, node_;
};

}  // namespace patchbay::testing
