// Loaded into the server by memory.bench.ts: says on a port of its own how much memory is in use once everything that can
// be collected has been. With MEMORY_CONTROL it keeps every request, which the bench must notice.
import { subscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

const port = Number(process.env.MEMORY_PROBE_PORT);
if (isMainThread && port > 0) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const kept = [];
  if (process.env.MEMORY_CONTROL === "1")
    subscribe("http.server.request.start", (message) => kept.push(message));
  const server = createServer((_, res) => {
    collect();
    collect();
    // Asked too seldom for a connection to be kept.
    res.setHeader("Connection", "close");
    res.end(JSON.stringify(process.memoryUsage()));
  });
  // tsx and its helpers load it too; only the first has the port.
  server.on("error", () => {});
  server.listen(port, "127.0.0.1").unref();
}
