/** Just enough of bpftrace's syntax to colour a program lightly: probes, maps, comments. */

export interface Token {
  readonly kind: 'plain' | 'probe' | 'map' | 'comment';
  readonly text: string;
  readonly at: number;
}

const PATTERN =
  /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(@\w*)|(\b(?:u?probe|uretprobe|usdt|tracepoint|interval|profile|BEGIN|END|config)\b)/g;

export function tokens(program: string): readonly Token[] {
  const result: Token[] = [];
  let done = 0;
  const push = (kind: Token['kind'], text: string, at: number) => {
    if (text) result.push({ kind, text, at });
  };
  for (const match of program.matchAll(PATTERN)) {
    push('plain', program.slice(done, match.index), done);
    push(match[1] ? 'comment' : match[2] ? 'map' : 'probe', match[0], match.index);
    done = match.index + match[0].length;
  }
  push('plain', program.slice(done), done);
  return result;
}
