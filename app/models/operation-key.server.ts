import { createHash } from "node:crypto";
import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import { type BatchPost, batchContent } from "~/domain/batch";
import { refuse } from "~/domain/refusal";

/** What a post that moves money carries: a one-time key, unique per admin and operation, kept for ever (DESIGN 5). */
export type KeyedPost = { readonly userId: number; readonly key: string; readonly post: BatchPost };

function contentHash(post: BatchPost): string {
  return createHash("sha256").update(batchContent(post)).digest("hex");
}

/**
 * Claims the key for `batchId` in the transaction that does the work, or says which batch it led to before. Two posts
 * with one key at the same time: the second waits here for the first, and claims the key if that one fails.
 * Throws Refusal `key_reused` when the key came before with other content.
 */
export async function claimKey(
  tx: Tx,
  { userId, key, post }: KeyedPost,
  batchId: number,
  at: Date,
): Promise<{ replayOf: number | null }> {
  const hash = contentHash(post);
  const claimed = await tx.$executeRaw`
    INSERT INTO operation_keys (user_id, operation, key, content_hash, batch_id, at)
    VALUES (${userId}, ${post.operation}, ${key}, ${hash}, ${batchId}, ${at})
    ON CONFLICT DO NOTHING`;
  if (claimed === 1) return { replayOf: null };
  return { replayOf: await batchOfKey(tx, { userId, key, post }) };
}

/**
 * The batch that this very post led to before, or null when the key is unused: how an unknown outcome becomes known.
 * Throws Refusal `key_reused` when the key came before with other content.
 */
export async function batchOfKey(
  tx: Tx | null,
  { userId, key, post }: KeyedPost,
): Promise<number | null> {
  const known = await (tx ?? db()).operationKey.findUnique({
    where: { userId_operation_key: { userId, operation: post.operation, key } },
    select: { contentHash: true, batchId: true },
  });
  if (known && known.contentHash !== contentHash(post)) refuse({ code: "key_reused" });
  return known?.batchId ?? null;
}
