/**
 * Runs the server in this very process, so that signals reach it without anyone passing them on.
 * @param {Record<string, string>} env
 */
export async function serve(env) {
  Object.assign(process.env, env);
  const { register } = await import("tsx/esm/api");
  register();
  await import("../app/server/main.ts");
}
