// Counts tests in the JSON reports of vitest and playwright.

/** vitest: { testResults: [{ name, status, message, assertionResults: [{ status, fullName }] }] }, as jest writes it. */
export function countVitest(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  // A file that fails before its first test (an import that throws) has no test to show it.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const skipped = tests.filter(({ status }) => ['skipped', 'pending', 'todo', 'disabled'].includes(status));
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: skipped.length,
    notes: [...broken.map(({ name, message }) => `${name}: ${message}`), ...skipped.map(({ fullName }) => fullName)],
  };
}

/** playwright: { stats: { expected, unexpected, flaky, skipped }, errors: [{ message }] }; a flaky test passed in the end. */
export function countPlaywright({ stats, errors }) {
  const notes = errors.map(({ message }) => message);
  if (stats.flaky > 0) notes.push(`${stats.flaky} passed only when tried again`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, notes };
}
