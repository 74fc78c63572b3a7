import clsx from 'clsx';
import Link from 'next/link';
import { count, dayTime } from '../../lib/format/format.ts';
import { languageBadge, languageName } from '../plan/languages.ts';
import { Cell, HeadCell } from '../ui/Cell.tsx';
import { Chip } from '../ui/Chip.tsx';
import type { SessionLine } from './lines.ts';

interface Props {
  readonly lines: readonly SessionLine[];
  readonly onPin: (line: SessionLine, pinned: boolean) => void;
  readonly onDelete: (line: SessionLine) => void;
}

/** Running sessions first, then the latest. */
export function SessionList({ lines, onPin, onDelete }: Props) {
  if (lines.length === 0) {
    return (
      <div className="mx-auto max-w-[560px] px-4 py-24">
        <p className="text-20 font-medium">No session yet</p>
        <p className="mt-2 text-muted">
          A session begins when you start tracing a function.{' '}
          <Link href="/" className="text-accent underline underline-offset-2">
            Choose one
          </Link>
        </p>
      </div>
    );
  }
  return (
    <table className="w-full table-fixed border-collapse" data-testid="sessions">
      <thead className="text-11 text-faint">
        <tr className="border-b border-line">
          <HeadCell>Function</HeadCell>
          <HeadCell className="w-[22%] max-md:hidden">Process</HeadCell>
          <HeadCell className="w-[110px] max-md:w-[80px]">State</HeadCell>
          <HeadCell right className="w-[120px] max-md:w-[106px] max-md:pr-4">
            Returned
          </HeadCell>
          <HeadCell className="w-[200px] pl-8 max-md:hidden">Started</HeadCell>
          <HeadCell right className="w-[110px] max-md:hidden">
            Viewers
          </HeadCell>
          <HeadCell className="w-[150px] max-md:hidden" />
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <SessionRow key={line.id} line={line} onPin={onPin} onDelete={onDelete} />
        ))}
      </tbody>
    </table>
  );
}

function SessionRow({ line, onPin, onDelete }: { readonly line: SessionLine } & Omit<Props, 'lines'>) {
  const { id, subject, createdAt, returned, word, colour, title, kept } = line;
  const name = subject.symbol.demangled;
  const language = languageBadge(subject.language, subject.languageVersion);
  return (
    <tr data-testid="session-row" className="h-11 border-b border-line hover:bg-hover">
      <Cell>
        <Link href={`/session/${encodeURIComponent(id)}`} className="font-mono text-12 hover:underline">
          {subject.symbol.demangled}
        </Link>
      </Cell>
      <Cell className="max-md:hidden">
        {subject.processName ?? subject.path.split('/').at(-1)} <span className="text-muted">{line.process}</span>{' '}
        {language ? <Chip title={languageName(subject.language, subject.languageVersion)}>{language}</Chip> : null}
      </Cell>
      <Cell className={clsx(colour)} title={title}>
        {word}
      </Cell>
      <Cell right className="max-md:pr-4">
        {count(returned)}
      </Cell>
      <Cell className="pl-8 text-muted max-md:hidden">{dayTime(createdAt)}</Cell>
      <Cell right className="text-muted max-md:hidden">
        {line.viewers}
      </Cell>
      <Cell right className="max-md:hidden">
        {kept ? (
          <>
            <button
              type="button"
              aria-pressed={kept.pinned}
              aria-label={`Pin ${name}`}
              title="A pinned recording stays, however old it is"
              onClick={() => onPin(line, !kept.pinned)}
              className={clsx('h-7 rounded-control px-2 hover:bg-hover', kept.pinned ? 'text-text' : 'text-muted')}
            >
              {kept.pinned ? 'Pinned' : 'Pin'}
            </button>
            <button
              type="button"
              aria-label={`Delete ${name}`}
              onClick={() => onDelete(line)}
              className="h-7 rounded-control px-2 text-muted hover:bg-hover"
            >
              Delete
            </button>
          </>
        ) : null}
      </Cell>
    </tr>
  );
}
