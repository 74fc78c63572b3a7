/**
 * The secrets of a link. The token is in the link and nowhere else. Whoever opens the link gets a cookie that is made
 * from the token, so that the token need not be kept; of both only hashes are. The token has 256 random bits: a fast
 * hash is as good as a slow one, for there is nothing to guess.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const newToken = (): string => randomBytes(32).toString('base64url');
export const newShareId = (): string => randomBytes(9).toString('base64url');

/** What an address holds: a token, or the id of a share that was opened with one. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);
export const isShareId = (text: string): boolean => /^[\w-]{12}$/.test(text);

/** The secret of the cookie; the token cannot be found from it. */
export const cookieSecretOf = (token: string): string =>
  createHmac('sha256', token).update('heatprobe share cookie').digest('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Takes as long whatever the difference is. */
export function isSameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one, 'base64url'), Buffer.from(other, 'base64url')];
  return left.length === right.length && timingSafeEqual(left, right);
}
