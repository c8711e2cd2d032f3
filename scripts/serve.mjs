/**
 * Runs the server in this very process, so that signals reach it without anyone passing them on.
 * For the same reason package.json starts it with `exec`: the shell that npm puts in between would
 * die of a signal and leave us running. What follows the `||` there is for Windows, which has no exec.
 * @param {Record<string, string>} env
 */
export async function serve(env) {
  Object.assign(process.env, env);
  const { register } = await import("tsx/esm/api");
  register();
  await import("../app/server/main.ts");
}
