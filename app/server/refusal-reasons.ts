import type { T } from "~/i18n/translator";

type Words = { title: string; body: string };

export type Reason = {
  status: number;
  words: (t: T, publicOrigin: string) => Words;
  headers?: Readonly<Record<string, string>>;
};

const STATUSES = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503] as const;

/** What the error pages say about a status, for an answer that has nothing to say of its own. */
export function reasonFor(status: number, headers?: Reason["headers"]): Reason {
  const known = STATUSES.find((one) => one === status) ?? (status < 500 ? 400 : 500);
  return {
    status,
    headers,
    words: (t) => ({ title: t(`app.error.${known}.title`), body: t(`app.error.${known}.body`) }),
  };
}

/** What the server in front turns away by itself, before any route. */
export const REASONS = {
  malformed: reasonFor(400),
  method: reasonFor(405, { Allow: "GET, HEAD, POST" }),
  tooLarge: reasonFor(413),
  tooSlow: {
    status: 408,
    headers: { Connection: "close" },
    words: (t) => ({ title: t("gate.slow.title"), body: t("gate.slow.body") }),
  },
  busy: {
    status: 503,
    headers: { "Retry-After": "10" },
    words: (t) => ({ title: t("gate.busy.title"), body: t("gate.busy.body") }),
  },
  failed: reasonFor(500),
  unavailable: reasonFor(503, { "Retry-After": "5" }),
  foreignOrigin: {
    status: 403,
    words: (t, origin) => ({
      title: t("gate.origin.title"),
      body: t("gate.origin.body", { origin }),
    }),
  },
  staleForm: {
    status: 403,
    words: (t) => ({ title: t("gate.token.title"), body: t("gate.token.body") }),
  },
  contentType: {
    status: 415,
    words: (t) => ({ title: t("gate.type.title"), body: t("gate.type.body") }),
  },
  tooManyFields: {
    status: 422,
    words: (t) => ({ title: t("gate.fields.title"), body: t("gate.fields.body") }),
  },
} as const satisfies Record<string, Reason>;
