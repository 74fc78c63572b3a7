/** What is chosen on the home page, as it stands in the address: a reload and a link keep it. */
import type { TargetChoice } from '../../lib/protocol/gateway.ts';

export interface Selection {
  readonly target: TargetChoice | null;
  /** Linkage name of the function. */
  readonly symbol: string | null;
}

export function selectionFromUrl(search: string): Selection {
  const query = new URLSearchParams(search);
  const pid = /^\d{1,10}$/.test(query.get('pid') ?? '') ? Number(query.get('pid')) : null;
  const path = query.get('path')?.startsWith('/') ? query.get('path') : null;
  if (pid === null && path === null) return { target: null, symbol: null };
  return { target: { pid, path }, symbol: query.get('symbol') || null };
}

export function selectionToUrl({ target, symbol }: Selection): string {
  const query = new URLSearchParams();
  if (target?.pid != null) query.set('pid', String(target.pid));
  if (target?.path != null) query.set('path', target.path);
  if (symbol !== null) query.set('symbol', symbol);
  const text = query.toString();
  return text ? `?${text}` : '';
}
