import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type ColumnType,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

export type { SchemaEngine };

/** Enough of a schema for the engine to know what kind of database it talks to. */
export const DATASOURCE_ONLY = 'datasource db {\n  provider = "postgresql"\n}\n';

let loading: Promise<void> | null = null;

type RunScript = (pool: pg.Pool, script: string) => Promise<void>;

/**
 * Prisma's own migration engine, from its npm package: the `prisma` command would have to download
 * the same engine as a native program, which needs the internet and not only a package registry.
 *
 * @param runScript runs a migration's whole text; what it throws comes out of the engine's call
 */
export async function withSchemaEngine<T>(
  url: string,
  schema: string,
  runScript: RunScript,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loading ??= load());
  const pool = new pg.Pool({ connectionString: url });
  const factory = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool, runScript));
  const datamodels: [string, string][] = [["schema.prisma", schema]];
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, factory);
    return await work(engine).finally(() => engine.free());
  } finally {
    // The engine's sessions hold its advisory lock until they end.
    await pool.end();
  }
}

async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const wasm = await readFile(join(entry, "..", "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, {
    "./schema_engine_bg.js": importsOfEngine(),
  });
  // The engine tells its last words here before it gives up; without it they would be lost.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => process.stderr.write(`${message}\n`),
    },
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") (start as () => void)();
}

/** Its bindings, except that its ten-second patience for a lock must not keep the process waiting. */
function importsOfEngine(): WebAssembly.ModuleImports {
  const patience = (callback: () => void, milliseconds: number) =>
    setTimeout(callback, milliseconds).unref();
  const names = Object.keys(bindings);
  const timers = names.filter((name) => name.startsWith("__wbg_setTimeout_"));
  return { ...bindings, ...Object.fromEntries(timers.map((name) => [name, patience])) };
}

class EngineAdapter extends PrismaPg {
  constructor(
    private readonly pool: pg.Pool,
    private readonly runScript: RunScript,
  ) {
    super(pool);
    readCharColumns(pool);
  }

  override async connect() {
    const adapter = await super.connect();
    // The original splits at every semicolon, those inside function bodies included.
    adapter.executeScript = async (script) => {
      try {
        await this.runScript(this.pool, script);
      } catch (error) {
        throw error instanceof pg.DatabaseError ? asAdapterError(error) : error;
      }
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      return { ...result, columnTypes: result.columnTypes.map(asCharColumn) };
    };
    return adapter;
  }
}

/*
 * To compare schemas the engine reads columns of the type "char" (OID 18), of which the catalogue is
 * full, but the adapter knows only arrays of it and refuses the rest. So they pass it as such arrays,
 * which the engine never asks for, and become single characters again behind it.
 */
const CHAR_OID = 18;
const CHAR_ARRAY_OID = 1002;

function readCharColumns(pool: pg.Pool): void {
  // A script's answer is a list of results and has no fields of its own.
  const query = pool.query.bind(pool) as (config: unknown) => Promise<Partial<pg.QueryArrayResult>>;
  const disguised = async (config: unknown) => {
    const result = await query(config);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID;
    }
    return result;
  };
  pool.query = disguised as typeof pool.query;
}

const asCharColumn = (type: ColumnType) =>
  type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type;

function asAdapterError(error: pg.DatabaseError): DriverAdapterError {
  const { code = "", severity = "ERROR", message, detail, column, hint } = error;
  return new DriverAdapterError({
    ...{ kind: "postgres", code, severity, message, detail, column, hint },
    ...{ originalCode: code, originalMessage: message },
  });
}
