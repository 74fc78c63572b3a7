import { Dead } from '../components/shell/Dead.tsx';

export default function NotFound() {
  return <Dead title="There is no such page" text="The address is misspelled, or the page has moved." />;
}
