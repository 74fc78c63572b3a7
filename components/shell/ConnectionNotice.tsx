import type { ConnectionState } from '../connection/socket.ts';

/** One line below the header while the server is away. Lies over the page, so that nothing moves. */
export function ConnectionNotice({ connection }: { readonly connection: ConnectionState }) {
  const words = WORDS[connection];
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 z-20 flex justify-center px-4">
      {words ? (
        <p className="rounded-control border border-line bg-panel px-4 py-2 text-text" data-testid="connection-notice">
          <span aria-hidden="true" className="mr-2 inline-block size-[7px] rounded-full bg-warn" />
          {words}
        </p>
      ) : null}
    </div>
  );
}

const WORDS: Readonly<Record<ConnectionState, string>> = {
  connecting: '',
  connected: '',
  full: '',
  reconnecting: 'Reconnecting … what you see may be out of date.',
  unauthorized:
    'Not signed in. Open the sign-in link printed in the terminal. If heatprobe was started anew, recorded sessions are still there.',
};
