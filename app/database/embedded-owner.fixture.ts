import { startEmbedded } from "./embedded.server.ts";

// A tiyn of its own, for the tests that kill one. Argument: the data folder. Says when it is there.
const database = await startEmbedded({
  dataDir: process.argv[2] ?? "",
  dataDirIsExplicit: true,
  address: "http://localhost:4321",
});
const stayAlive = setInterval(() => undefined, 60_000);
process.once("SIGINT", () => {
  clearInterval(stayAlive);
  void database.stop();
});
process.stdout.write("started\n");
