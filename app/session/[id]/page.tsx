import type { Metadata } from 'next';
import { SessionPage } from '../../../components/session/SessionPage.tsx';

export const metadata: Metadata = { title: 'Session' };

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <SessionPage id={decodeURIComponent(id)} />;
}
