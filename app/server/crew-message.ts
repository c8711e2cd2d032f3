/** What the first process tells its workers: the database is there; finish what you have and go. */
export type Order = { order: "begin"; databaseUrl: string } | { order: "finish" };

/** What a worker tells: the port is taken, or is somebody else's; requests are answered from now on. */
export type Report = { report: "listening" | "port in use" | "answering" };
