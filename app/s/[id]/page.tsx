import type { Metadata } from 'next';
import { SharedPage } from '../../../components/share/SharedPage.tsx';

/** Search engines find no links, and if one does, it must not list it. */
export const metadata: Metadata = { title: 'Shared session', robots: { index: false, follow: false } };

export default function Page() {
  return <SharedPage />;
}
