import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Seal = {
  /** The server's secret. */
  secret: string;
  /** What is sealed for one purpose opens for no other. */
  purpose: string;
};

/** A value that a browser may keep and can neither read nor change, until `expires` (ms since 1970). */
export function sealed(value: unknown, expires: number, { secret, purpose }: Seal): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyFor(secret, purpose), iv);
  const text = cipher.update(JSON.stringify({ value, expires }), "utf8");
  return Buffer.concat([iv, text, cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** What sealed() was given; null when it is not ours, was changed, or is too old. */
export function unsealed(text: string | null, now: number, { secret, purpose }: Seal): unknown {
  const bytes = Buffer.from(text ?? "", "base64url");
  if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
  const key = keyFor(secret, purpose);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const open = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    const json = Buffer.concat([open, decipher.final()]).toString("utf8");
    const { value, expires } = JSON.parse(json) as { value: unknown; expires: number };
    return now < expires ? value : null;
  } catch {
    return null;
  }
}

function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `tiyn ${purpose}`, 32));
}
