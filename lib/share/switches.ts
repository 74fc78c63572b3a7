/** What a share shows besides the measurement itself: one switch each, all off unless its owner says otherwise. */
export interface Switches {
  /** The command that was started under trace, and what it printed. */
  readonly commandLine: boolean;
  readonly hostName: boolean;
  readonly users: boolean;
  /** Directories of files. The name of the traced file itself is always shown. */
  readonly paths: boolean;
}

export const ALL_OFF: Switches = { commandLine: false, hostName: false, users: false, paths: false };

export const allOn = (switches: Switches): boolean => Object.values(switches).every(Boolean);
