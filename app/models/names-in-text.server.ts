import { db } from "~/database/client.server";

/**
 * Names of the team's people that stand in this text, as they are to be masked: everybody's whole name, as they sign in and
 * as their bank knows them, and each word of the writer's own.
 */
export async function namesIn(text: string, writerId: number | null): Promise<string[]> {
  const plain = text.normalize("NFC").replace(/\s+/g, " ");
  const rows = await db().$queryRaw<{ id: number; name: string }[]>`
    SELECT u.id, n.name FROM users u CROSS JOIN LATERAL (VALUES (u.name), (u.payee_name)) n (name)
     WHERE n.name IS NOT NULL AND (u.id = ${writerId}
           OR position(lower(regexp_replace(n.name, '\s+', ' ', 'g')) IN lower(${plain})) > 0)`;
  const names = rows.flatMap(({ id, name }) =>
    id === writerId ? [name, ...name.split(/[\s-]+/)] : [name],
  );
  return [...new Set(names)];
}
