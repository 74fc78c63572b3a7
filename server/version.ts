import { readFileSync } from 'node:fs';

let known: string | null = null;

/** heatprobe's own version, from package.json: one folder up from the sources, and from the compiled programs. */
export function version(): string {
  known ??= readVersion();
  return known;
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version: found } = JSON.parse(text) as { version?: unknown };
  return typeof found === 'string' ? found : 'unknown';
}
