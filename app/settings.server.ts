import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { isLoopback, oidcSettings, type OidcSettings, oidcVariables } from "./oidc-settings";
import { MOST_PROCESSES, usualProcesses } from "./process-count";
import {
  suggestionSettings,
  type SuggestionSettings,
  suggestionVariables,
} from "./suggestion-settings";

/** Named like the environment variables they come from; `.env.example` says what each is for. */
export interface Settings {
  PORT: number;
  HOST: string;
  /** Scheme, host and port that people type, without a slash at the end. */
  PUBLIC_ORIGIN: string;
  /** How many proxies stand in front and may tell who is asking; false when none. */
  TRUST_PROXY: number | false;
  /** How many processes answer requests, in production. */
  WEB_CONCURRENCY: number;
  /** Null: the app runs its own PostgreSQL under DATA_DIR. */
  DATABASE_URL: string | null;
  /** The same database as the role that owns its tables, where DATABASE_URL names a lesser one. */
  MIGRATE_DATABASE_URL: string | null;
  /** Absolute. */
  DATA_DIR: string;
  /** True when somebody chose DATA_DIR, and data must not go anywhere else. */
  dataDirIsExplicit: boolean;
  SESSION_SECRET: string;
  TEAM_TIME_ZONE: string;
  /** Null: people sign in with passwords alone. */
  OIDC: OidcSettings | null;
  /** Null: no key, and no trace of suggestions. */
  SUGGESTIONS: SuggestionSettings | null;
  isProduction: boolean;
}

export class SettingsError extends Error {
  constructor(readonly problems: string[]) {
    super(["These settings need mending:", ...problems.map((line) => `  ${line}`)].join("\n"));
    this.name = "SettingsError";
  }
}

type Environment = Record<string, string | undefined>;

// Kept on globalThis: the server's own modules and the built application each load this file, and
// both must see what was read at boot, before DATABASE_URL was pointed at the app's own database.
const holder = globalThis as typeof globalThis & { tiynSettings?: Settings };

/** The settings of this process, read once from the environment and `.env`. Throws SettingsError. */
export function settings(): Settings {
  if (holder.tiynSettings === undefined) {
    // Variables that are set already win over the file.
    if (existsSync(".env")) process.loadEnvFile(".env");
    holder.tiynSettings = readSettings(process.env, process.cwd());
  }
  return holder.tiynSettings;
}

/** @param root the project's folder, to which DATA_DIR is relative */
export function readSettings(env: Environment, root: string): Settings {
  // A line like `PORT=` in .env means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    );
  }
  const values = parsed.data;
  const PUBLIC_ORIGIN = values.PUBLIC_ORIGIN ?? `http://localhost:${values.PORT}`;
  const DATABASE_URL = values.DATABASE_URL ?? null;
  const DATA_DIR = resolve(root, values.DATA_DIR ?? ".data");
  const isProduction = values.NODE_ENV === "production";
  const OIDC = providerOf(values, PUBLIC_ORIGIN);
  const mayMakeSecret =
    isLoopback(new URL(PUBLIC_ORIGIN)) && !(DATABASE_URL !== null && isProduction);
  return {
    PORT: values.PORT,
    HOST: values.HOST,
    PUBLIC_ORIGIN,
    TRUST_PROXY: values.TRUST_PROXY,
    WEB_CONCURRENCY: values.WEB_CONCURRENCY ?? usualProcesses(thisMachine()),
    DATABASE_URL,
    MIGRATE_DATABASE_URL: DATABASE_URL === null ? null : (values.MIGRATE_DATABASE_URL ?? null),
    DATA_DIR,
    dataDirIsExplicit: values.DATA_DIR !== undefined,
    SESSION_SECRET: values.SESSION_SECRET ?? (mayMakeSecret ? keptSecret(DATA_DIR) : noSecret()),
    TEAM_TIME_ZONE: values.TEAM_TIME_ZONE,
    OIDC,
    SUGGESTIONS: suggestionSettings(values),
    isProduction,
  };
}

const schema = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce
    .number("must be a number, such as 3000")
    .int("must be a whole number")
    .min(1, "must be between 1 and 65535")
    .max(65535, "must be between 1 and 65535")
    .default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_ORIGIN: z.string().transform(parseOrigin).optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(false|\d{1,2})$/, 'must be "false" or the number of proxies in front, such as 1')
    .transform((text) => (text === "false" || Number(text) === 0 ? false : Number(text)))
    .default(false),
  WEB_CONCURRENCY: z.coerce
    .number("must be a number of processes, such as 2")
    .int("must be a whole number")
    .min(1, `must be between 1 and ${MOST_PROCESSES}`)
    .max(MOST_PROCESSES, `must be between 1 and ${MOST_PROCESSES}`)
    .optional(),
  DATABASE_URL: postgresUrl(),
  MIGRATE_DATABASE_URL: postgresUrl(),
  DATA_DIR: z.string().optional(),
  SESSION_SECRET: z
    .string()
    .min(32, "must have at least 32 characters; `openssl rand -base64 32` makes a good one")
    .optional(),
  TEAM_TIME_ZONE: z
    .string()
    .refine(isTimeZone, "must be a time zone such as Asia/Almaty")
    .default("Asia/Almaty"),
  ...oidcVariables,
  ...suggestionVariables,
});

/** What is ours of it: a container may have a part of the machine's memory. */
function thisMachine() {
  const limit = process.constrainedMemory();
  const memory = limit ? Math.min(limit, totalmem()) : totalmem();
  return { cores: availableParallelism(), memory };
}

function providerOf(values: z.output<typeof schema>, publicOrigin: string): OidcSettings | null {
  const problems: string[] = [];
  const found = oidcSettings(values, { publicOrigin, problem: (line) => problems.push(line) });
  if (problems.length > 0) throw new SettingsError(problems);
  return found;
}

function parseOrigin(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const problem =
    url === null || !["http:", "https:"].includes(url.protocol) || url.pathname !== "/"
      ? "must be what people type to get here, without a path, such as https://tiyn.example.com"
      : url.protocol === "http:" && !isLoopback(url)
        ? "must begin with https:// unless it is localhost: browsers send sign-in cookies over HTTPS only"
        : null;
  if (url === null || problem !== null) {
    context.addIssue({ code: "custom", message: problem ?? "must be an address" });
    return z.NEVER;
  }
  return url.origin;
}

function postgresUrl() {
  return z
    .string()
    .refine(isPostgresUrl, "must look like postgresql://user:password@host:5432/database")
    .optional();
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ["postgres:", "postgresql:"].includes(new URL(text).protocol);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** For a machine of one's own: made at the first start, so that nobody has to set anything to try tiyn. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, "session-secret");
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
    try {
      // A link appears whole, and of two that start at once only the first one's.
      linkSync(draft, file);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    } finally {
      rmSync(draft);
    }
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32) {
    throw new SettingsError([
      `SESSION_SECRET: ${file} is damaged; delete it, and people sign in anew`,
    ]);
  }
  return secret;
}

function noSecret(): never {
  throw new SettingsError([
    "SESSION_SECRET: must be set where tiyn is reached by others or uses a DATABASE_URL in production; " +
      "`openssl rand -base64 32` makes a good one",
  ]);
}
