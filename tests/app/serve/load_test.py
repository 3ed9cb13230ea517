# SPDX-License-Identifier: Apache-2.0
"""`patchbay serve` under more than it can take, for long. PATCHBAY_SCALE=0.05 makes it a twentieth, to see that the test itself is right."""
import http.client
import os
import resource
import socket
import threading
import time
from collections import Counter

from serve_support import ServeTest, until
from cli_support import main

SCALE = float(os.environ.get("PATCHBAY_SCALE", "1"))


def resident(pid):
    return int(next(line for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")).split()[1]) / 1024


class Overload(ServeTest):
    def test_ten_minutes_of_more_than_it_can_take(self):
        server = self.serve("--max-queue", "32")
        picture = self.picture.read_bytes()
        status, answer, _ = server.predict(picture)
        self.assertEqual(status, 200)
        expected = answer["results"][0]
        statuses, wrong, end = Counter(), [], time.monotonic() + 600 * SCALE
        lock = threading.Lock()

        def client():
            connection = server.connect()
            while time.monotonic() < end and not wrong:
                try:
                    status, answer, headers = server.predict(picture, connection=connection)
                except (OSError, http.client.HTTPException) as error:
                    wrong.append(repr(error))
                    return
                with lock:
                    statuses[status] += 1
                if status == 200:
                    result = answer["results"][0]
                    if result["class"] != expected["class"] or any(abs(a - b) > 1e-3 * (1 + abs(b)) for a, b in zip(result["logits"], expected["logits"])):
                        wrong.append(answer)
                elif status != 429 or not headers["Retry-After"]:
                    wrong.append((status, answer))
                else:
                    time.sleep(.05)

        threads = [threading.Thread(target=client) for _ in range(128)]
        [t.start() for t in threads]
        # What it needs at all is there after a tenth of the time.
        time.sleep(60 * SCALE)
        before = resident(server.process.pid)
        [t.join() for t in threads]
        after = resident(server.process.pid)
        self.assertEqual(wrong[:3], [])
        self.assertEqual(set(statuses), {200, 429})
        self.assertLess(after, 1.05 * before + 8, f"{before:.0f} MB grew to {after:.0f} MB over {sum(statuses.values())} requests")
        self.assertEqual(server.predict(picture)[0], 200)
        self.assertEqual(server.end(), 0)
        print(f"{dict(statuses)}, {before:.0f} MB before, {after:.0f} MB after")


class Crowd(ServeTest):
    def test_ten_thousand_connections(self):
        """All open at once, each with half a header, and a client that is served meanwhile."""
        count = int(10_000 * SCALE)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < count + 500:
            self.skipTest(f"This machine gives a process {hard} files only.")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count + 500), hard))  # The server gets it from here.
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        server = self.serve("--max-connections", str(count + 100), "--header-time", "600")
        before = resident(server.process.pid)
        crowd = []
        try:
            for _ in range(count):
                client = socket.create_connection((server.host, server.port), 60)
                crowd.append(client)
                client.sendall(b"GET / HT")
            until(lambda: server.metric("patchbay_connections") >= count, 120)
            status, answer, _ = server.predict(self.picture.read_bytes())
            self.assertEqual((status, len(answer["results"])), (200, 1))
            self.assertLess(resident(server.process.pid) - before, 64 + count * .05, "a connection costs at most 50 KB")
            # Each of them is still there, and answered when it goes on.
            for client in crowd[:: max(1, count // 50)]:
                client.sendall(b"TP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                self.assertIn(b" 200 ", client.recv(100))
        finally:
            for client in crowd:
                client.close()
        until(lambda: server.metric("patchbay_connections") < 10, 120)
        self.assertEqual(server.ask("GET", "/health")[0], 200)
        self.assertEqual(server.end(), 0)


if __name__ == "__main__":
    main([Overload, Crowd])
