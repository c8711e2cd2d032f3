import { dateInZone, startOfDateInZone } from "~/domain/team-date";
import { type Usage, usageSince } from "~/models/suggestion-budget.server";
import { settings } from "~/settings.server";

/** What Settings say of suggestions: never the key. */
export type SuggestionStanding = {
  readonly host: string;
  readonly model: string;
  /** Tokens of a day. */
  readonly budget: number;
  /** Of today. */
  readonly usage: Usage;
};

/** Null without a key. */
export async function suggestionStanding(): Promise<SuggestionStanding | null> {
  const { SUGGESTIONS: service, TEAM_TIME_ZONE: zone } = settings();
  if (!service) return null;
  const usage = await usageSince(startOfDateInZone(dateInZone(new Date(), zone), zone));
  const { baseUrl, model, dailyTokens: budget } = service;
  return { host: baseUrl.host, model, budget, usage };
}
