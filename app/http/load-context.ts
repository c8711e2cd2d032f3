import type { AppLoadContext } from "@remix-run/node";
import type { Upload } from "./upload.server";

declare module "@remix-run/server-runtime" {
  /** What the server in front (app/server) hands to every loader and action. */
  interface AppLoadContext {
    /** Made by the server for each request, never taken from the client; in the log and on error pages. */
    requestId: string;
    /** For the scripts of this one answer. */
    cspNonce: string;
    /** Without a port; the real one behind a proxy only when TRUST_PROXY says so. */
    clientAddress: string;
    notes: RequestNotes;
    /** The files that came with the form; null when it can have none. */
    upload: Upload | null;
    /** The posted form stood on a page that was shown to an admin viewing as a user. */
    formOfView: boolean;
  }
}

/** What the app tells the server in front about the request it is answering. */
export type RequestNotes = {
  /** For the request log. */
  userId?: number;
  /** The route's pattern, such as "/app/issues/:id": the log holds no addresses. */
  route?: string;
  /** The page loads scripts: its policy allows them, with the nonce. */
  scripts?: boolean;
  /** The failure is an outage, such as the database being away: 503, not 500. */
  outage?: boolean;
};

export type RequestOrigin = Pick<AppLoadContext, "requestId" | "cspNonce" | "clientAddress">;

export function newLoadContext(origin: RequestOrigin): AppLoadContext {
  return { ...origin, notes: {}, upload: null, formOfView: false };
}
