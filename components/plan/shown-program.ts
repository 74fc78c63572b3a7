import { COMMAND_PID } from '../../lib/protocol/gateway.ts';

const STANDS_FOR = new RegExp(`\\b${COMMAND_PID}\\b`, 'g');

/** A program as it is shown: a command that has not been started has no process id yet. */
export const shownProgram = (program: string): string => program.replace(STANDS_FOR, '<its process id>');
