import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// What `npm ci` will fetch and run, held against the lockfile alone: no registry is asked.

type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

type Manifest = {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const manifest = read("package.json") as Manifest;
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };
const { "": root, ...installed } = packages;
const entries = Object.entries(installed);
const nameOf = (path: string) =>
  path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
/** Where a tarball or a repository stands in for a version. */
const NO_VERSION =
  /^(?:git|https?:|file:|link:|[\w-]+\/[\w.-]+(?:#|$))|github:|gitlab:|bitbucket:/i;

describe("the lockfile", () => {
  test("names a SHA-512 for every package, or for the one it is bundled in", () => {
    expect(entries.length).toBeGreaterThan(500);
    const bare = entries.filter(
      ([, { integrity, inBundle }]) => !inBundle && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""),
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test("takes nothing from git, from a file or over plain HTTP", () => {
    const strange = entries.filter(
      ([, { resolved, link, version }]) =>
        link ||
        (resolved !== undefined && !resolved.startsWith("https://")) ||
        NO_VERSION.test(version ?? ""),
    );
    expect(strange.map(([path]) => path)).toEqual([]);
    const wanted = entries.flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.entries({ ...dependencies, ...optionalDependencies })
        .filter(([, range]) => NO_VERSION.test(range))
        .map(([name, range]) => `${path}: ${name} ${range}`),
    );
    expect(wanted).toEqual([]);
  });

  test("is that of package.json", () => {
    const { dependencies, devDependencies } = manifest;
    expect(root).toMatchObject({ dependencies, devDependencies });
  });
});

describe("scripts at installation", () => {
  const withScripts = entries.filter(([, { hasInstallScript }]) => hasInstallScript);

  test("are those of package.json's allowScripts, each decided on", () => {
    const names = [...new Set(withScripts.map(([path]) => nameOf(path)))];
    expect(names.sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  });
});

test("each dependency of package.json is locked", () => {
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
    expect(installed).toHaveProperty([`node_modules/${name}`]);
});
