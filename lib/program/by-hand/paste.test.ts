import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { pasted } from './paste.ts';

test('a pasted script gets its lines as they are, with the seconds as its argument', () => {
  const script = `cat <<'END'\n$HOME \\n 'x' \`y\`\nEND\necho "$1"\n`;
  const command = pasted(script, 10).replace(/^sudo /, '');
  expect(execFileSync('sh', { input: command }).toString()).toBe("$HOME \\n 'x' `y`\n10\n");
  expect(() => pasted('a\nEND_OF_HEATPROBE\n', 10)).toThrow();
  expect(() => pasted('a\n', Number.NaN)).toThrow();
});
