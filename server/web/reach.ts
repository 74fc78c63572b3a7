/** Where browsers reach this server: its names, the address in its links, who else can come. */
import { hostname, networkInterfaces, userInfo } from 'node:os';
import type { Reach } from '../../lib/protocol/gateway.ts';

export interface Place {
  /** Names that a request may call this server by, besides loopback. */
  readonly hosts: readonly string[];
  /** Begin of all links, for example `http://localhost:7788`. */
  readonly base: string;
  readonly reach: Reach;
  /** What other machines reach it as; null when they do not. */
  readonly exposedAs: string | null;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Where a proxy or a tunnel offers this server to others. */
  readonly publicUrl: URL | null;
}

export function placeOf({ host, port, publicUrl }: Listening): Place {
  const isLoopback = /^(127\.|localhost$|::1$)/.test(host);
  const names = isLoopback ? ['localhost'] : namesOf(host);
  const own = `http://${names[0]}:${port}`;
  const tunnel = `ssh -L ${port}:127.0.0.1:${port} ${userInfo().username}@${hostname()}`;
  const exposedAs = publicUrl?.host ?? (isLoopback ? null : host);
  return {
    hosts: names,
    base: publicUrl?.origin ?? own,
    reach:
      exposedAs === null
        ? { kind: 'this host', tunnel }
        : { kind: 'network', encrypted: publicUrl?.protocol === 'https:' },
    exposedAs,
  };
}

/** Names under which browsers reach a listening address, as URLs have them; the best one first. */
function namesOf(host: string): string[] {
  const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);
  if (host !== '0.0.0.0' && host !== '::') return [inUrl(host), hostname()];
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [hostname(), ...addresses.map(({ address }) => inUrl(address))];
}
