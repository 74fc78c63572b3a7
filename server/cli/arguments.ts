/** The command line's door: words become a typed command, or a sentence that says what is wrong. */
import { parseArgs } from 'node:util';
import { type Condition, parseCondition } from '../../lib/compare/conditions.ts';
import { FORMAT_NAMES, type FormatName } from '../../lib/export/format-list.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import { HELP } from './usage.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | {
      readonly name: 'trace';
      readonly target: string;
      readonly symbol: string;
      readonly pid: number | null;
      /** Milliseconds; null: until something else ends the trace. */
      readonly duration: number | null;
      readonly json: boolean;
      /** Files that are written at the end, and in which format. */
      readonly outputs: readonly { readonly path: string; readonly format: FormatName }[];
      /** Program and arguments to start under trace; null: none. */
      readonly command: readonly string[] | null;
    }
  | {
      readonly name: 'symbols';
      readonly target: string;
      readonly query: string;
      readonly limit: number | null;
      readonly json: boolean;
    }
  | {
      readonly name: 'plan';
      readonly target: string;
      readonly symbol: string;
      readonly pid: number | null;
      readonly json: boolean;
      /** Print the shell script that measures without heatprobe. */
      readonly script: boolean;
    }
  | {
      readonly name: 'compare';
      /** Paths of documents: before and after. */
      readonly a: string;
      readonly b: string;
      readonly conditions: readonly Condition[];
      /** Conditions are judged by the measured figures alone. */
      readonly anyChange: boolean;
      readonly json: boolean;
    }
  | {
      readonly name: 'export';
      readonly session: string;
      readonly format: FormatName;
      /** Null: standard output. */
      readonly output: string | null;
      /** Where the server is. */
      readonly server: URL;
      readonly data: string | null;
    }
  | { readonly name: 'processes'; readonly json: boolean }
  | {
      readonly name: 'serve';
      readonly port: number;
      readonly host: string;
      /** Where a proxy or a tunnel offers the page to others; null: nowhere. */
      readonly publicUrl: URL | null;
      /** Where data is kept; null: where it usually is. */
      readonly data: string | null;
      /** Sessions are written down. */
      readonly record: boolean;
    }
  | { readonly name: 'demo' }
  | { readonly name: 'doctor'; readonly json: boolean };

export const DEFAULT_PORT = 7788;
const LONGEST_DURATION_MS = 24 * 3_600_000;

type Result = Command | Problem<'usage'>;

const wrong = (message: string, hint = 'See heatprobe --help.'): Problem<'usage'> =>
  problem('usage', { message, hint });

export function parseCommand(words: readonly string[]): Result {
  const separator = words.indexOf('--');
  const own = separator < 0 ? words : words.slice(0, separator);
  const command = separator < 0 ? null : words.slice(separator + 1);
  const [name, ...rest] = own;
  if (name === undefined) return wrong('A command is missing.', HELP);
  if (name === 'help' || own.includes('--help') || own.includes('-h')) return { name: 'help' };
  if (name === '--version') return { name: 'version' };
  if (command && name !== 'trace') return wrong(`heatprobe ${name} starts no command.`);
  const parser = PARSERS.get(name);
  if (!parser) return wrong(`There is no command ${JSON.stringify(name)}.`);
  return parser(rest, command);
}

const PARSERS = new Map<string, (words: string[], command: readonly string[] | null) => Result>([
  ['trace', parseTrace],
  ['symbols', parseSymbols],
  ['plan', parsePlan],
  ['compare', parseCompare],
  ['export', parseExport],
  ['processes', (words) => withJson(words, (json) => ({ name: 'processes', json }))],
  ['doctor', (words) => withJson(words, (json) => ({ name: 'doctor', json }))],
  ['demo', (words) => (words.length > 0 ? wrong('heatprobe demo takes no arguments.') : { name: 'demo' })],
  ['serve', parseServe],
]);

function parseTrace(words: string[], command: readonly string[] | null): Result {
  const parsed = options(words, { pid: 'string', duration: 'string', json: 'boolean', export: 'strings' });
  if (isProblem(parsed)) return parsed;
  const [target, symbol, ...more] = parsed.positionals;
  if (!target || !symbol || more.length > 0)
    return wrong('heatprobe trace needs a TARGET and a SYMBOL, and nothing else.');
  if (command?.length === 0) return wrong('There is no command behind "--".');
  const pid = pidOption(parsed.values.pid);
  if (isProblem(pid)) return pid;
  if (command && (pid !== null || isPid(target))) {
    return wrong(
      'A command that is started under trace and a running process exclude each other.',
      'Give the path of the executable as TARGET, without --pid.',
    );
  }
  const duration = durationOption(parsed.values.duration);
  if (isProblem(duration)) return duration;
  const outputs = outputsOption(parsed.values.export);
  if (isProblem(outputs)) return outputs;
  return { name: 'trace', target, symbol, pid, duration, json: parsed.values.json === true, outputs, command };
}

/** The end of the name of each file says its format. */
function outputsOption(paths: Value): Extract<Command, { name: 'trace' }>['outputs'] | Problem<'usage'> {
  const outputs: { path: string; format: FormatName }[] = [];
  for (const path of Array.isArray(paths) ? paths.map(String) : []) {
    const format = FORMAT_NAMES.find((name) => path.endsWith(name));
    if (!format) {
      return wrong(`The end of ${JSON.stringify(path)} names no format.`, `Formats: ${FORMAT_NAMES.join(', ')}.`);
    }
    outputs.push({ path, format });
  }
  return outputs;
}

function parseExport(words: string[]): Result {
  const strings = { session: 'string', format: 'string', output: 'string', server: 'string', data: 'string' } as const;
  const parsed = options(words, strings);
  if (isProblem(parsed)) return parsed;
  if (parsed.positionals.length > 0) return wrong('heatprobe export takes only options.');
  const [session, wanted, output, server, data] = (['session', 'format', 'output', 'server', 'data'] as const).map(
    (name) => (typeof parsed.values[name] === 'string' ? parsed.values[name] : null),
  );
  if (!session)
    return wrong('--session is missing.', 'The id of a session is in the address of its page: /session/ID.');
  const format = FORMAT_NAMES.find((name) => name === wanted);
  if (!format) {
    const what = wanted ? `There is no format ${JSON.stringify(wanted)}.` : '--format is missing.';
    return wrong(what, `Formats: ${FORMAT_NAMES.join(', ')}.`);
  }
  const address = server ?? `http://127.0.0.1:${DEFAULT_PORT}`;
  if (!/^https?:/.test(address) || !URL.canParse(address)) {
    return wrong(`--server must be an address such as http://127.0.0.1:7788, not ${JSON.stringify(address)}.`);
  }
  return { name: 'export', session, format, output: output ?? null, server: new URL(address), data: data ?? null };
}

function parseSymbols(words: string[]): Result {
  const parsed = options(words, { limit: 'string', json: 'boolean' });
  if (isProblem(parsed)) return parsed;
  const [target, ...query] = parsed.positionals;
  if (!target) return wrong('heatprobe symbols needs a TARGET.');
  const limit = numberOption('--limit', parsed.values.limit, 1, 2_000_000);
  if (isProblem(limit)) return limit;
  return { name: 'symbols', target, query: query.join(' '), limit, json: parsed.values.json === true };
}

function parsePlan(words: string[]): Result {
  const parsed = options(words, { pid: 'string', json: 'boolean', script: 'boolean' });
  if (isProblem(parsed)) return parsed;
  const [target, symbol, ...more] = parsed.positionals;
  const { json, script } = { json: parsed.values.json === true, script: parsed.values.script === true };
  if (json && script) return wrong('--json and --script exclude each other.');
  if (!target || !symbol || more.length > 0)
    return wrong('heatprobe plan needs a TARGET and a SYMBOL, and nothing else.');
  const pid = pidOption(parsed.values.pid);
  return isProblem(pid) ? pid : { name: 'plan', target, symbol, pid, json, script };
}

function parseCompare(words: string[]): Result {
  const parsed = options(words, { 'fail-if': 'strings', 'any-change': 'boolean', json: 'boolean' });
  if (isProblem(parsed)) return parsed;
  const [a, b, ...more] = parsed.positionals;
  if (!a || !b || more.length > 0) return wrong('heatprobe compare needs two files, A and B, and nothing else.');
  const texts = parsed.values['fail-if'];
  const conditions: Condition[] = [];
  for (const text of Array.isArray(texts) ? texts : []) {
    const condition = parseCondition(String(text));
    if ('wrong' in condition) return wrong(`--fail-if: ${condition.wrong}`);
    conditions.push(condition);
  }
  const anyChange = parsed.values['any-change'] === true;
  if (anyChange && conditions.length === 0)
    return wrong('--any-change says how --fail-if is judged, which is missing.');
  return { name: 'compare', a, b, conditions, anyChange, json: parsed.values.json === true };
}

function parseServe(words: string[]): Result {
  const parsed = options(words, {
    port: 'string',
    host: 'string',
    'public-url': 'string',
    data: 'string',
    'no-record': 'boolean',
  });
  if (isProblem(parsed)) return parsed;
  if (parsed.positionals.length > 0) return wrong('heatprobe serve takes only options.');
  const port = numberOption('--port', parsed.values.port, 0, 65535);
  if (isProblem(port)) return port;
  const { host, data, 'public-url': url } = parsed.values;
  const publicUrl = publicUrlOption(typeof url === 'string' ? url : null);
  if (isProblem(publicUrl)) return publicUrl;
  return {
    name: 'serve',
    port: port ?? DEFAULT_PORT,
    host: typeof host === 'string' ? host : '127.0.0.1',
    publicUrl,
    data: typeof data === 'string' && data !== '' ? data : null,
    record: parsed.values['no-record'] !== true,
  };
}

/** The address under which others open the page: scheme, name and perhaps a port, nothing behind it. */
function publicUrlOption(text: string | null): URL | null | Problem<'usage'> {
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url;
  return wrong(
    `--public-url must be an address such as https://trace.example.org, not ${JSON.stringify(text)}.`,
    'Scheme, name and perhaps a port; heatprobe must be at the root of it, not below a path.',
  );
}

function withJson(words: string[], make: (json: boolean) => Command): Result {
  const parsed = options(words, { json: 'boolean' });
  if (isProblem(parsed)) return parsed;
  if (parsed.positionals.length > 0) return wrong(`Unexpected: ${parsed.positionals.join(' ')}.`);
  return make(parsed.values.json === true);
}

interface Options {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, Value>>;
}

type Value = string | boolean | readonly (string | boolean)[] | undefined;

/** `strings`: may be given several times. */
function options(words: string[], types: Record<string, 'string' | 'strings' | 'boolean'>): Options | Problem<'usage'> {
  const config = Object.fromEntries(
    Object.entries(types).map(([key, type]) => [
      key,
      type === 'strings' ? ({ type: 'string', multiple: true } as const) : { type },
    ]),
  );
  try {
    const { positionals, values } = parseArgs({ args: words, options: config, allowPositionals: true });
    return { positionals, values };
  } catch (error) {
    return wrong(
      error instanceof Error ? `${error.message.split('\n')[0]}.`.replace(/\.\.$/, '.') : 'The options are wrong.',
    );
  }
}

/** A word of digits alone is a process id. */
export const isPid = (word: string): boolean => /^\d+$/.test(word);

function pidOption(value: Value): number | null | Problem<'usage'> {
  return numberOption('--pid', value, 1, 0x7fffffff);
}

function numberOption(name: string, value: Value, least: number, most: number): number | null | Problem<'usage'> {
  if (value === undefined) return null;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  return wrong(`${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(value)}.`);
}

const UNITS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
]);

function durationOption(value: Value): number | null | Problem<'usage'> {
  if (value === undefined) return null;
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|)$/.exec(String(value));
  const ms = match ? Number(match[1]) * (UNITS.get(match[2] ?? '') ?? 0) : 0;
  if (ms > 0 && ms <= LONGEST_DURATION_MS) return ms;
  return wrong(`--duration must be a time such as 10s, 500ms or 2m, up to 24h, not ${JSON.stringify(value)}.`);
}
