import { Header } from './Header.tsx';

/** Until the session is there. */
export function Joining() {
  return (
    <>
      <Header at="trace" />
      <main data-status="idle" aria-busy="true" className="px-4 py-24 text-center text-muted">
        Joining the session
      </main>
    </>
  );
}
