# SPDX-License-Identifier: Apache-2.0
"""A real sshd and a real Slurm cluster of one node, as this user, on free ports; ended with the test however it ends."""
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path


def _die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def daemon(argv, log, env=None):
    with open(log, "ab") as out:
        return subprocess.Popen([str(a) for a in argv], stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env, preexec_fn=_die_with_parent)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(holds, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(.1)
    return False


def processes_in(folder):
    """{pid: command line} of what names the folder or works in it."""
    out = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            at = os.readlink(entry / "cwd")
            # A step daemon of Slurm names no folder but that of its configuration.
            if line.startswith("slurm") and str(folder).encode() in (entry / "environ").read_bytes():
                at = str(folder)
        except OSError:
            continue
        if str(folder) in line or at.startswith(str(folder)):
            out[int(entry.name)] = line
    return out


def kill(pid, number=signal.SIGKILL):
    try:
        os.kill(pid, number)
    except OSError:
        pass


def kill_all_in(folder):
    for _ in range(100):
        left = processes_in(folder)
        if not left:
            return
        for pid in left:
            kill(pid)
        time.sleep(.05)


class Ssh:
    """The hosts "box" and "login"; `env` is what a profile there would set."""

    def __init__(self, folder, env=None):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        shutil.copy(self.folder / "user.pub", self.folder / "authorized")
        self.port = free_port()
        (self.folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.folder}/host\nAuthorizedKeysFile {self.folder}/authorized\n"
            "PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nPermitRootLogin yes\nMaxStartups 100\n"
            + ("SetEnv " + " ".join(f"{k}={v}" for k, v in env.items()) + "\n" if env else ""))
        (self.folder / "known").write_text(f"[127.0.0.1]:{self.port} " + (self.folder / "host.pub").read_text())
        self.config = self.folder / "ssh_config"
        self.config.write_text(f"Host box login\n  HostName 127.0.0.1\n  Port {self.port}\n  IdentityFile {self.folder}/user\n  IdentitiesOnly yes\n"
                               f"  UserKnownHostsFile {self.folder}/known\n  GlobalKnownHostsFile /dev/null\n")
        self.start()

    def start(self):
        self.process = daemon(["/usr/sbin/sshd", "-D", "-e", "-f", self.folder / "sshd_config"], self.folder / "sshd.log")
        wait_for(lambda: socket.socket().connect_ex(("127.0.0.1", self.port)) == 0)

    def stop(self):
        self.process.kill()
        self.process.wait()
        kill_all_in(self.folder)


class Slurm:
    def __init__(self, folder):
        self.folder = d = Path(folder)
        for name in ("", "munge", "state", "spool", "log", "run"):
            (d / name).mkdir(parents=True, exist_ok=True)
            (d / name).chmod(0o755)
        for above in d.parents:
            if above.stat().st_uid == os.getuid() and str(above) not in ("/", "/tmp"):
                above.chmod(above.stat().st_mode | 0o11)
        (d / "munge.key").write_bytes(os.urandom(1024))
        (d / "munge.key").chmod(0o400)
        node = socket.gethostname().split(".")[0]
        user = pwd.getpwuid(os.getuid()).pw_name
        (d / "slurm.conf").write_text(f"""ClusterName=test
SlurmctldHost={node}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={d}/munge/s
CredType=cred/munge
StateSaveLocation={d}/state
SlurmdSpoolDir={d}/spool
SlurmctldPidFile={d}/run/ctld.pid
SlurmdPidFile={d}/run/d.pid
SlurmctldLogFile={d}/log/c
SlurmdLogFile={d}/log/d
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherParams=OverMemoryKill
JobAcctGatherFrequency=1
AccountingStorageType=accounting_storage/none
GresTypes=gpu
MpiDefault=none
ReturnToService=2
MinJobAge=3600
KillWait=5
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0
NodeName={node} NodeAddr=127.0.0.1 CPUs={max(2, os.cpu_count())} RealMemory=6000 Gres=gpu:fake:2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE DefMemPerCPU=500 State=UP
""")
        (d / "gres.conf").write_text(f"NodeName={node} Name=gpu Type=fake File=/dev/null,/dev/zero\n")
        self.env = dict(os.environ, SLURM_CONF=str(d / "slurm.conf"))
        munged = ["munged", "--foreground", "--force", f"--socket={d}/munge/s", f"--key-file={d}/munge.key", f"--pid-file={d}/munge/p",
                  f"--log-file={d}/munge/l", f"--seed-file={d}/munge/seed"]
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "munge", d / "munge", d / "munge.key"], check=True)
            munged = ["setpriv", "--reuid=munge", "--regid=munge", "--clear-groups"] + munged
        self.munge = daemon(munged, d / "munged.log")
        wait_for((d / "munge/s").exists)
        self.start_controller("-c")
        self.node = node
        self.start_node()
        if not wait_for(lambda: self.ask("sinfo", "-h", "-o", "%T").startswith("idle")):
            raise RuntimeError("the cluster did not come up: " + (d / "ctld.out").read_text()[-2000:])

    def ask(self, *argv):
        return subprocess.run(argv, env=self.env, capture_output=True, text=True, timeout=60).stdout

    def start_controller(self, *more):
        self.controller = daemon(["slurmctld", "-D", *more], self.folder / "ctld.out", self.env)
        wait_for(lambda: subprocess.run(["scontrol", "ping"], env=self.env, capture_output=True).returncode == 0)

    def start_node(self):
        self.slurmd = daemon(["slurmd", "-D", "-N", self.node], self.folder / "d.out", self.env)

    def stop(self):
        try:
            self.ask("scancel", "--full", "--signal=KILL", "-u", str(os.getuid()))
        except subprocess.TimeoutExpired:
            pass
        for process in (self.slurmd, self.controller, self.munge):
            process.kill()
            process.wait()
        kill_all_in(self.folder)
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "root", self.folder])
