import { db } from "~/database/client.server";

/** Turns single keys on or off for one person, on every page that has them (WCAG 2.1.4). */
export async function setHotkeys(userId: number, hotkeys: boolean): Promise<void> {
  await db().user.update({ where: { id: userId }, data: { hotkeys }, select: { id: true } });
}
