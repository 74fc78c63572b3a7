import { HomePage } from '../components/home/HomePage.tsx';

export default function Page() {
  return <HomePage />;
}
