# SPDX-License-Identifier: Apache-2.0
"""A real sshd and a real Slurm cluster, as this user, on free ports; ended with the test however it ends."""
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
    """The hosts "box" and "login"; `env` is what a profile there would set, `login` a program that is given every command of ours in
    $SSH_ORIGINAL_COMMAND. Its home is its folder: what this user's own shell does at each login is none of the tests' business."""

    def __init__(self, folder, env=None, login=None):
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
            "Ciphers aes128-gcm@openssh.com\nKexAlgorithms curve25519-sha256\n"  # The usual ones cost several times as much.
            + "SetEnv " + " ".join(f"{k}={v}" for k, v in {"HOME": self.folder, **(env or {})}.items()) + "\n"
            + (f"ForceCommand {login}\n" if login else ""))
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


class Net:
    """Network namespaces for nodes, and a switch between them and this machine; `made` says whether they may be made here."""

    def __init__(self, nodes):
        self.name = f"pbn{os.getpid()}"
        self.address = [f"10.232.{os.getpid() % 250}.{i + 1}" for i in range(nodes + 1)]
        self.nodes = [f"{self.name}-{i + 1}" for i in range(nodes)]
        switch = self.name + "-s"
        self.made = self.ip("netns", "add", switch) and self.ip("-n", switch, "link", "add", "hub", "type", "bridge") and \
            self.ip("-n", switch, "link", "set", "hub", "up") and self.plug(switch, None, self.address[0]) and \
            all(self.ip("netns", "add", node) and self.ip("-n", node, "link", "set", "lo", "up") and self.plug(switch, node, address)
                for node, address in zip(self.nodes, self.address[1:]))

    def plug(self, switch, node, address):
        there = ["-n", node] if node else []
        here, end = self.name + "h", (node or self.name).replace("-", "") + "x"
        return self.ip(*there, "link", "add", here, "type", "veth", "peer", "name", end, "netns", switch) and \
            self.ip("-n", switch, "link", "set", end, "master", "hub", "up") and \
            self.ip(*there, "addr", "add", address + "/24", "dev", here) and self.ip(*there, "link", "set", here, "up")

    @staticmethod
    def ip(*words):
        try:
            return subprocess.run(["ip", *words], capture_output=True).returncode == 0
        except OSError:
            return False

    def remove(self):
        self.ip("link", "del", self.name + "h")
        for name in (*self.nodes, self.name + "-s"):
            self.ip("netns", "del", name)


class Slurm:
    """One node as large as this machine, or several small ones, each with a daemon of its own; with a Net also with an address of its
    own."""

    def __init__(self, folder, nodes=1, net=None):
        self.folder = d = Path(folder)
        self.net = net
        for name in ("", "munge", "state", "spool", "log", "run"):
            (d / name).mkdir(parents=True, exist_ok=True)
            (d / name).chmod(0o755)
        for above in d.parents:
            if above.stat().st_uid == os.getuid() and str(above) not in ("/", "/tmp"):
                above.chmod(above.stat().st_mode | 0o11)
        (d / "munge.key").write_bytes(os.urandom(1024))
        (d / "munge.key").chmod(0o400)
        host = socket.gethostname().split(".")[0]
        self.nodes = [host] if nodes == 1 else [f"n{i + 1}" for i in range(nodes)]
        cores = max(2, os.cpu_count()) if nodes == 1 else 1
        addresses = net.address if net else ["127.0.0.1"] * (nodes + 1)
        described = "".join(f"NodeName={name} NodeHostname={host} NodeAddr={address} Port={free_port()} CPUs={cores} RealMemory=6000 "
                            "Gres=gpu:fake:2 State=UNKNOWN\n" for name, address in zip(self.nodes, addresses[1:]))
        user = pwd.getpwuid(os.getuid()).pw_name
        (d / "slurm.conf").write_text(f"""ClusterName=test
SlurmctldHost={host}({addresses[0]})
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={d}/munge/s
CredType=cred/munge
StateSaveLocation={d}/state
SlurmdSpoolDir={d}/spool/%n
SlurmctldPidFile={d}/run/ctld.pid
SlurmdPidFile={d}/run/%n.pid
SlurmctldLogFile={d}/log/c
SlurmdLogFile={d}/log/%n
SlurmctldPort={free_port()}
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
{described}PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE DefMemPerCPU=500 State=UP
""")
        (d / "gres.conf").write_text("".join(f"NodeName={name} Name=gpu Type=fake File=/dev/null,/dev/zero\n" for name in self.nodes))
        self.env = dict(os.environ, SLURM_CONF=str(d / "slurm.conf"))
        munged = ["munged", "--foreground", "--force", f"--socket={d}/munge/s", f"--key-file={d}/munge.key", f"--pid-file={d}/munge/p",
                  f"--log-file={d}/munge/l", f"--seed-file={d}/munge/seed"]
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "munge", d / "munge", d / "munge.key"], check=True)
            munged = ["setpriv", "--reuid=munge", "--regid=munge", "--clear-groups"] + munged
        self.munge = daemon(munged, d / "munged.log")
        wait_for((d / "munge/s").exists)
        self.start_controller("-c")
        self.daemons = {}
        for name in self.nodes:
            self.start_node(name)
        if not wait_for(lambda: self.ask("sinfo", "-h", "-N", "-o", "%T").split() == ["idle"] * nodes):
            said = "".join((d / f"{name}.out").read_text()[-1000:] for name in ("ctld", *self.nodes))
            self.stop()
            raise RuntimeError("the cluster did not come up: " + said)

    def ask(self, *argv):
        return subprocess.run(argv, env=self.env, capture_output=True, text=True, timeout=60).stdout

    def start_controller(self, *more):
        self.controller = daemon(["slurmctld", "-D", *more], self.folder / "ctld.out", self.env)
        wait_for(lambda: subprocess.run(["scontrol", "ping"], env=self.env, capture_output=True).returncode == 0)

    def start_node(self, name=None):
        name = name or self.nodes[0]
        (self.folder / "spool" / name).mkdir(exist_ok=True)
        # `ip netns exec` would take the control groups away as well.
        inside = ["nsenter", f"--net=/run/netns/{self.net.nodes[self.nodes.index(name)]}"] if self.net else []
        self.daemons[name] = daemon([*inside, "slurmd", "-D", "-N", name], self.folder / f"{name}.out", self.env)

    def kill_node(self, name=None):
        process = self.daemons[name or self.nodes[0]]
        process.kill()
        process.wait()

    def stop(self):
        try:
            self.ask("scancel", "--full", "--signal=KILL", "-u", str(os.getuid()))
        except subprocess.TimeoutExpired:
            pass
        for process in (*self.daemons.values(), self.controller, self.munge):
            process.kill()
            process.wait()
        kill_all_in(self.folder)
        if self.net:
            self.net.remove()
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "root", self.folder])
