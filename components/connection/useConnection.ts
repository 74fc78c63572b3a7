'use client';

import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { type ConnectionState, connectionState, watchConnection } from './socket.ts';

const onServer = (): ConnectionState => 'connecting';

export function useConnection(): ConnectionState {
  return useSyncExternalStore(watchConnection, connectionState, onServer);
}

/** Runs at each reconnection, but not at the first connection. */
export function useReconnected(action: () => void): void {
  const connection = useConnection();
  const dropped = useRef(false);
  const run = useEffectEvent(action);
  useEffect(() => {
    if (connection === 'reconnecting') dropped.current = true;
    if (connection === 'connected' && dropped.current) {
      dropped.current = false;
      run();
    }
  }, [connection]);
}
