/** What went wrong, for programs; the status says the same to HTTP. */
export type ApiErrorCode =
  | "bad_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "too_large"
  | "unsupported_media_type"
  | "invalid"
  | "too_many_requests"
  | "internal"
  | "unavailable";

const BY_STATUS: Readonly<Record<number, { code: ApiErrorCode; message: string }>> = {
  400: { code: "bad_request", message: "The request could not be read." },
  401: { code: "unauthenticated", message: "Sign in first." },
  403: { code: "forbidden", message: "You are not allowed to do this." },
  404: { code: "not_found", message: "There is nothing here." },
  405: { code: "method_not_allowed", message: "This address does not take that method." },
  409: { code: "conflict", message: "This changed in the meantime." },
  413: { code: "too_large", message: "The request is too large." },
  415: { code: "unsupported_media_type", message: "Send application/json." },
  422: { code: "invalid", message: "Some values are not accepted." },
  429: { code: "too_many_requests", message: "Too many tries. Wait, then try again." },
  500: { code: "internal", message: "Something went wrong on our side." },
  503: { code: "unavailable", message: "Not available right now. Try again in a moment." },
};

export type ApiErrorInit = {
  message?: string;
  /** By field; the fields of a list are named "payments.0.reference". */
  fields?: Readonly<Record<string, string>>;
  requestId?: string;
};

/** `{"error": {"code", "message", "fields"?}}` for a status (DESIGN 6). */
export function apiErrorBody(status: number, init: ApiErrorInit = {}) {
  const known = BY_STATUS[status] ?? (status < 500 ? BY_STATUS[400] : BY_STATUS[500]);
  return { error: { ...known, ...init } };
}
