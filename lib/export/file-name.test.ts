import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleSource } from './example.ts';
import { exportFileName } from './file-name.ts';

const nameOf = (functionName: string) => exportFileName(exampleSource({ ticks: [], functionName }).head, 'calls.csv');

test('a file is named by its function and the begin of the trace', () => {
  expect(nameOf('net/rpc.(*Client).Call')).toBe('net-rpc.Client.Call-20260115-130000.calls.csv');
  expect(nameOf('std::map<int, char>::at(int)')).toBe('std-map-int-char-at-int-20260115-130000.calls.csv');
});

test('no name of a function makes a path, a hidden file, an option or a second header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      expect(nameOf(name)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*-20260115-130000\.calls\.csv$/);
      expect(nameOf(name).length).toBeLessThan(140);
      expect(nameOf(name)).not.toContain('..');
    }),
  );
  for (const name of ['../../etc/passwd', '.bashrc', '-rf', '', 'ünï', 'a\r\nSet-Cookie: x', '…'])
    expect(nameOf(name)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*-20260115-130000\.calls\.csv$/);
});
