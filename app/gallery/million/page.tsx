import type { Metadata } from 'next';
import { MillionPage } from '../../../components/gallery/MillionPage.tsx';

/** For developers and tests: no page of the product links here. */
export const metadata: Metadata = { title: 'Gallery', robots: { index: false } };

export default function Page() {
  return <MillionPage />;
}
