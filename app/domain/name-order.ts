/**
 * The alphabet that the team's names are in: Kazakh holds all the Russian letters in their order and its own between them
 * («Ә» after «А», not after «Я» as in the database's order of bytes); large and small letters count alike, «2» before «10».
 */
const alphabet = new Intl.Collator(["kk", "ru", "en"], { numeric: true });

type Named = { readonly id: number; readonly name: string };

/** For `toSorted`/`sort`: by name as people look it up, then by id. */
export function byName(a: Named, b: Named): number {
  return alphabet.compare(a.name, b.name) || a.id - b.id;
}
