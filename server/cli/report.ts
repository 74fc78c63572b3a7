import { duration } from '../../lib/format/format.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import type { TraceDocument } from '../../lib/report/document.ts';
import { endedWords } from '../../lib/report/ended.ts';
import { histogramText, latencyText, totalsText } from '../../lib/report/text.ts';

/** The final table of a trace, for people. */
export function finalReport(document: TraceDocument, last: SessionStatus): string {
  const { symbol, target, calls, latency } = document;
  const lines = [
    `${symbol.demangled}  (${[target.language, target.languageVersion].filter(Boolean).join(' ')}, ${target.path})`,
    `${duration(document.duration)} measured. ${document.ended}`.trim(),
    '',
    totalsText(calls),
    latency ? latencyText(latency) : 'No call returned.',
    '',
    ...histogramText(document.histogram),
  ];
  if (document.processes.length > 1) {
    lines.push('', ...document.processes.map((p) => `process ${p.pid}: entered ${p.entered}, returned ${p.returned}`));
  }
  const command = commandLine(document.command);
  if (!document.ended.startsWith(command)) lines.push('', command);
  if (!calls.exact) lines.push('', 'Some of these counts are bounds; see the notes.');
  if (document.plan.warnings.length > 0) lines.push('', ...document.plan.warnings.map((warning) => `note: ${warning}`));
  if (last.state === 'ended' || last.state === 'failed') lines.push('', removedLine(last.removed));
  return `${lines.join('\n')}\n`;
}

/** Empty without a command. */
function commandLine(status: TraceDocument['command']): string {
  return status ? endedWords({ kind: 'command-exited', status, target: '', seen: 'called' }) : '';
}

function removedLine(removed: Extract<SessionStatus, { state: 'ended' }>['removed']): string {
  if (!removed) return '';
  if (removed.sitesChecked === 0) return `Probes removed. ${removed.note}`;
  return `Probes removed: ${removed.sitesRestored} of ${removed.sitesChecked} sites hold the file’s own instruction again.`;
}
