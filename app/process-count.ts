/** The most processes that WEB_CONCURRENCY may ask for. */
export const MOST_PROCESSES = 16;

/** Beyond this many the database is what people wait for; whoever measured otherwise says so. */
const MOST_BY_ITSELF = 4;
/** A process under load takes about half of this; the other half is PostgreSQL's and everybody else's. */
const BYTES_FOR_ONE = 1024 * 1024 * 1024;

/**
 * How many processes answer requests where nobody said so: one core stays with PostgreSQL, and a small server, with one
 * core or two or little memory, has one process.
 */
export function usualProcesses({ cores, memory }: { cores: number; memory: number }): number {
  const room = Math.floor(memory / BYTES_FOR_ONE);
  return Math.max(1, Math.min(cores - 1, room, MOST_BY_ITSELF));
}

/** Of the 57 that the embedded PostgreSQL has for us (embedded-server.server.ts), some stay for backup and doctor. */
const CONNECTIONS = 48;
/** Every money transaction is short, so a few connections serve many requests; the rest wait in line. */
const MOST_OF_ONE_PROCESS = 12;

/** Connections to the database that each of so many processes may hold. */
export function poolSizeFor(processes: number): number {
  return Math.min(MOST_OF_ONE_PROCESS, Math.floor(CONNECTIONS / processes));
}
