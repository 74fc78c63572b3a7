import { expect, test } from 'vitest';
import { COMMAND_PID } from '../../lib/protocol/gateway.ts';
import { shownProgram } from './shown-program.ts';

test('the process id that a command will have is named, not numbered', () => {
  expect(shownProgram(`BEGIN { @family[${COMMAND_PID}] = 1; }`)).toBe('BEGIN { @family[<its process id>] = 1; }');
  expect(shownProgram('/pid == 4242/')).toBe('/pid == 4242/');
});
