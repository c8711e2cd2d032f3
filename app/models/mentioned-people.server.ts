import { db } from "~/database/client.server";
import { knownLocale, type Locale } from "~/i18n/locale";

/** What a page says of somebody; `locale` is what they chose to read, if anything. */
export type Mentioned = { readonly name: string; readonly locale: Locale | null };

/** All whom a page mentions, asked for once. Null stands for nobody. */
export async function peopleOf(
  userIds: readonly (number | null)[],
): Promise<ReadonlyMap<number | null, Mentioned>> {
  const ids = [...new Set(userIds)].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const users = await db().user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, locale: true },
  });
  return new Map(users.map(({ id, name, locale }) => [id, { name, locale: knownLocale(locale) }]));
}
