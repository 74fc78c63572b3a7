/** The rules of the house, executable: which folder may know which, and which package has one door. */
const test = '\\.test\\.tsx?$';

/** A package that only one file may import. */
const oneDoor = (name, file) => ({
  name: `${name.replace(/[^a-z0-9-]/g, '')}-has-one-door`,
  comment: `Only ${file} may import ${name}.`,
  severity: 'error',
  from: { pathNot: [`^${file.replaceAll('.', '\\.').replaceAll('[', '\\[')}$`, '^e2e/', test] },
  to: { path: `node_modules/${name}/` },
});

/** A folder that may know only these. */
const knowsOnly = (folder, others) => ({
  name: `${folder}-knows-only-${others.join('-and-')}`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: test },
  to: { path: '^(app|components|server|lib|e2e|scripts)/', pathNot: others.map((other) => `^${other}/`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    knowsOnly('lib', ['lib']),
    knowsOnly('components', ['components', 'lib']),
    knowsOnly('app', ['app', 'components', 'lib']),
    knowsOnly('server', ['server', 'lib']),
    {
      name: 'lib-is-pure',
      comment: 'lib runs in the browser as well: no files, no processes, no clock of node.',
      severity: 'error',
      from: { path: '^lib/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-does-not-reach-into-the-tracer',
      comment: 'The web side is unprivileged: it speaks with the tracer through its client only.',
      severity: 'error',
      from: { path: '^server/(web|demo|serve\\.ts|tracer-client\\.ts)' },
      to: { path: '^server/tracer/' },
    },
    {
      name: 'tracer-holds-no-web-code',
      severity: 'error',
      from: { path: '^server/tracer/' },
      to: { path: '^(server/(web|demo|cli|store)/|node_modules/(next|react|socket\\.io))' },
    },
    oneDoor('execa', 'server/exec.ts'),
    oneDoor('iced-x86', 'server/tracer/disassemble.ts'),
    oneDoor('gecko-profiler-demangle', 'server/tracer/binary/demangle.ts'),
    oneDoor('socket.io', 'server/web/gateway.ts'),
    oneDoor('socket.io-client', 'components/connection/socket.ts'),
    oneDoor('@duckdb/node-api', 'server/store/duckdb.ts'),
    oneDoor('recharts', 'components/charts/Histogram.tsx'),
    oneDoor('@leeoniya/ufuzzy', 'lib/binary/ranking.ts'),
    { name: 'no-orphan-packages', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^geist' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.cache|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
