/** What a question to the server ends with. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** What happened, why, and what to do next: a problem of the server, or one of the way to it. */
export interface Failure {
  /** The code of a problem; absent when the server did not answer. */
  readonly problem?: string;
  readonly message: string;
  readonly hint: string;
}

export function noAnswer(connected: boolean): Failure {
  return {
    message: connected ? 'The server did not answer in time.' : 'The connection to heatprobe was lost.',
    hint: connected
      ? 'Try again; the terminal it runs in says more.'
      : 'The page reconnects by itself. Check that heatprobe still runs.',
  };
}
