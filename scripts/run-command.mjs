import { spawn } from "node:child_process";

/** A command that ended badly; `output` is everything it said. */
export class CommandFailed extends Error {
  constructor(command, output) {
    super(`${command} failed`);
    this.output = output;
  }
}

/**
 * Runs a program to its end without showing what it says.
 * @param {string[]} command the program and its arguments
 * @param {Record<string, string>} [env] what it gets besides our own environment
 * @returns {Promise<string>} what it said
 */
export function run([program, ...args], env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const stop = (signal) => {
      // A terminal tells the whole group; a supervisor only us.
      child.kill(signal);
      process.exit(signal === "SIGINT" ? 130 : 143);
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    child.on("error", (error) => chunks.push(Buffer.from(error.message)));
    child.on("close", (code) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      const output = Buffer.concat(chunks).toString("utf8");
      if (code === 0) resolve(output);
      else reject(new CommandFailed([program, ...args].join(" "), output));
    });
  });
}

/**
 * Does one named step, says how long it took, and ends the process with all it said if it fails.
 * @param {string} name
 * @param {() => Promise<unknown>} work
 * @returns {Promise<number>} seconds
 */
export async function step(name, work) {
  const startedAt = performance.now();
  process.stdout.write(`${name} …`);
  try {
    await work();
  } catch (error) {
    const { message, output = "" } = error;
    process.stdout.write(` failed after ${secondsSince(startedAt)} s\n`);
    process.stderr.write(`${output}\n${output === "" ? error.stack : message}\n`);
    process.exit(1);
  }
  const seconds = secondsSince(startedAt);
  process.stdout.write(` ${seconds} s\n`);
  return seconds;
}

const secondsSince = (start) => Math.round((performance.now() - start) / 100) / 10;
